"use strict";
(() => {
  const one = (selector, within = document) => within.querySelector(selector);
  const all = (selector, within = document) => [...within.querySelectorAll(selector)];
  const root = document.documentElement;

  // theme: the system's, until the reader says otherwise
  const system = matchMedia("(prefers-color-scheme: dark)");
  const theme = one("#theme");
  const isDark = () => (root.dataset.theme ? root.dataset.theme === "dark" : system.matches);
  const showTheme = () => theme.setAttribute("aria-pressed", String(isDark()));

  function turn() {
    const wanted = isDark() ? "light" : "dark";
    const isSystems = (wanted === "dark") === system.matches;
    if (isSystems) delete root.dataset.theme;
    else root.dataset.theme = wanted;
    try {
      if (isSystems) localStorage.removeItem("paperlens-theme");
      else localStorage.setItem("paperlens-theme", wanted);
    } catch { /* a browser that keeps nothing */ }
    showTheme();
  }

  theme.addEventListener("click", turn);
  system.addEventListener("change", showTheme);
  showTheme();

  // help
  const keys = one("#keys");
  one("#help").addEventListener("click", () => keys.showModal());
  one("#enough").addEventListener("click", () => keys.close());

  const search = one("#search");
  if (!search) return; // a page without papers

  // papers, as they are searched: without accents, in small letters
  const isPlain = /^[\0-\x7f]*$/;
  const bare = (text) => (isPlain.test(text) ? text : text.normalize("NFKD").replace(/\p{M}/gu, ""));
  const folded = (text) => bare(text).toLowerCase();
  const papers = all(".paper").map((element) => ({
    element, sorting: JSON.parse(element.dataset.sorting), words: null, shown: true,
  }));
  const wordsOf = (paper) => (paper.words ??= folded(paper.element.textContent));
  const soon = window.requestIdleCallback ?? ((work) => setTimeout(() => work({ timeRemaining: () => 5 }), 50));
  soon(function prepare(idle) {
    const rest = papers.filter((paper) => paper.words === null);
    while (rest.length && idle.timeRemaining() > 1) wordsOf(rest.shift());
    if (rest.length) soon(prepare);
  });
  const wanted = (text) =>
    [...folded(text).matchAll(/"([^"]+)"?|[^\s"]+/g)].map((found) => (found[1] ?? found[0]).trim());

  // filters: any of the values of a group, all of the groups
  const groups = all(".filter").map((element) => ({
    name: element.dataset.filter,
    choices: all(".choice", element).map((button) => ({
      button, value: button.dataset.value, number: one(".number", button),
    })),
  }));
  const isPressed = (choice) => choice.button.getAttribute("aria-pressed") === "true";
  const press = (choice, yes) => choice.button.setAttribute("aria-pressed", String(yes));
  const chosen = (group) => group.choices.filter(isPressed).map((choice) => choice.value);
  const fits = (paper, name, values) =>
    !values.length || values.some((value) => paper.sorting[name].includes(value));

  const count = one("#count");
  const clear = one("#clear");
  const sections = all("main > section");

  function sift() {
    const words = wanted(search.value);
    const picked = groups.map((group) => ({ group, values: chosen(group) }));
    const found = papers.map((paper) => {
      const says = words.every((word) => wordsOf(paper).includes(word));
      return { paper, says, fit: picked.map(({ group, values }) => fits(paper, group.name, values)) };
    });
    for (const { paper, says, fit } of found) {
      const yes = says && fit.every(Boolean);
      if (yes !== paper.shown) paper.element.hidden = !yes;
      paper.shown = yes;
    }
    picked.forEach(({ group }, place) => {
      const others = found.filter(({ says, fit }) => says && fit.every((yes, at) => yes || at === place));
      for (const choice of group.choices) {
        const number = others.filter(({ paper }) => paper.sorting[group.name].includes(choice.value)).length;
        choice.number.textContent = number;
        choice.button.classList.toggle("idle", !number);
      }
    });
    tell(words, picked.some(({ values }) => values.length));
  }

  function tell(words, isFiltered) {
    const number = papers.filter((paper) => paper.shown).length;
    const told = count.dataset.told
      .replace("{shown}", number.toLocaleString(root.lang)).replace("{all}", papers.length.toLocaleString(root.lang));
    if (count.textContent !== told) count.textContent = told;
    count.classList.toggle("whole", number === papers.length);
    one("#nothing").hidden = number > 0;
    for (const section of sections) section.hidden = !one(".paper:not([hidden])", section);
    clear.hidden = !isFiltered && !words.length;
    highlightSoon(words);
  }

  // what was found, marked without touching the text
  let waiting = 0;
  function highlightSoon(words) {
    if (!window.Highlight || !CSS.highlights) return;
    clearTimeout(waiting);
    CSS.highlights.delete("found");
    const telling = words.filter((word) => word.length > 1);
    if (telling.length) waiting = setTimeout(() => highlight(telling), 150);
  }

  function highlight(words) {
    const ranges = [];
    for (const { element } of papers.filter((paper) => paper.shown).slice(0, 100)) {
      const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
      while (walker.nextNode() && ranges.length < 1000) {
        const text = walker.currentNode.data.toLowerCase();
        if (text.length !== walker.currentNode.data.length) continue;
        for (const word of words) {
          for (let at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + word.length)) {
            ranges.push(new StaticRange({
              startContainer: walker.currentNode, startOffset: at,
              endContainer: walker.currentNode, endOffset: at + word.length,
            }));
          }
        }
      }
    }
    CSS.highlights.set("found", new Highlight(...ranges));
  }

  // the address keeps what was asked, so that it can be handed on
  function toAddress() {
    const told = new URLSearchParams();
    if (search.value.trim()) told.set("q", search.value.trim());
    for (const group of groups) for (const value of chosen(group)) told.append(group.name, value);
    const hash = told.size ? `#${told}` : location.pathname + location.search;
    try { history.replaceState(null, "", hash); } catch { /* where a page has no address */ }
  }

  function fromAddress() {
    const told = new URLSearchParams(location.hash.includes("=") ? location.hash.slice(1) : "");
    search.value = told.get("q") ?? "";
    for (const group of groups) {
      const values = told.getAll(group.name);
      for (const choice of group.choices) press(choice, values.includes(choice.value));
    }
    sift();
  }

  const change = () => { sift(); toAddress(); };
  search.addEventListener("input", change);
  for (const group of groups) {
    for (const choice of group.choices) {
      choice.button.addEventListener("click", () => { press(choice, !isPressed(choice)); change(); });
    }
  }
  function reset() {
    search.value = "";
    for (const group of groups) for (const choice of group.choices) press(choice, false);
    change();
  }
  clear.addEventListener("click", () => { reset(); search.focus(); });
  const asks = () => location.hash.includes("="); // else it names a place in the page
  addEventListener("hashchange", () => { if (asks() || !location.hash) fromAddress(); });
  if (asks()) fromAddress();

  const sieve = one("#sieve");
  sieve?.addEventListener("click", () => {
    const isOpen = sieve.getAttribute("aria-expanded") !== "true";
    sieve.setAttribute("aria-expanded", String(isOpen));
    one("#filters").classList.toggle("open", isOpen);
  });

  // keys
  const current = () => document.activeElement?.closest?.(".paper");

  function go(step) {
    const list = papers.filter((paper) => paper.shown).map((paper) => paper.element);
    const here = list.indexOf(current());
    const below = list.findIndex((element) => element.getBoundingClientRect().bottom > innerHeight / 4);
    const start = step > 0 ? below : below - 1;
    const next = list[here < 0 ? Math.max(start, 0) : here + step];
    next?.focus({ preventScroll: true });
    next?.scrollIntoView({ block: "start" });
  }

  function fold() {
    const parts = all("details", current());
    const isOpen = parts.some((part) => part.open);
    for (const part of parts) part.open = !isOpen;
  }

  function open() {
    const link = current() && one("h3 a", current());
    if (link) window.open(link.href, "_blank", "noopener");
  }

  const bound = { j: () => go(1), k: () => go(-1), "/": () => search.select(), o: open, "?": () => keys.showModal() };

  addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || keys.open) return;
    if (event.key === "Escape") {
      if (event.target === search && !search.value) search.blur();
      else reset();
      return;
    }
    if (event.target.matches("input")) {
      if (event.key === "Enter") go(1);
      return;
    }
    const isFold = (event.key === "Enter" || event.key === " ") && event.target.matches(".paper");
    const act = isFold ? fold : bound[event.key];
    if (!act) return;
    event.preventDefault();
    act();
  });
})();
