// Before anything is drawn: that there is JavaScript, and the theme that was chosen here before.
"use strict";
document.documentElement.classList.add("js");
try {
  const theme = localStorage.getItem("paperlens-theme");
  if (theme === "dark" || theme === "light") document.documentElement.dataset.theme = theme;
} catch { /* a browser that keeps nothing */ }
