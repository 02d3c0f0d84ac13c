"""The journals for which astronomers' bibliographies have TeX commands, as ADS writes them."""

import re

_JOURNALS = {
    "aap": "A&A", "aapr": "A&A Rev.", "aaps": "A&AS", "actaa": "Acta Astron.", "aj": "AJ",
    "ao": "Appl. Opt.", "apj": "ApJ", "apjl": "ApJL", "apjs": "ApJS", "aplett": "Astrophys. Lett.",
    "apss": "Ap&SS", "araa": "ARA&A", "azh": "Astron. Zh.", "baas": "BAAS",
    "bain": "Bull. Astron. Inst. Netherlands", "gca": "Geochim. Cosmochim. Acta",
    "grl": "Geophys. Res. Lett.", "iaucirc": "IAU Circ.", "icarus": "Icarus", "jcap": "JCAP",
    "jcp": "J. Chem. Phys.", "jgr": "J. Geophys. Res.", "jhep": "JHEP", "jqsrt": "JQSRT",
    "jrasc": "JRASC", "memras": "MmRAS", "memsai": "Mem. Soc. Astron. Italiana", "mnras": "MNRAS",
    "na": "New Astron.", "nar": "New Astron. Rev.", "nat": "Nature", "nphysa": "Nucl. Phys. A",
    "pasa": "PASA", "pasj": "PASJ", "pasp": "PASP", "physrep": "Phys. Rep.",
    "physscr": "Phys. Scr.", "planss": "Planet. Space Sci.", "pra": "Phys. Rev. A",
    "prb": "Phys. Rev. B", "prc": "Phys. Rev. C", "prd": "Phys. Rev. D", "pre": "Phys. Rev. E",
    "prl": "Phys. Rev. Lett.", "procspie": "Proc. SPIE", "psj": "PSJ", "qjras": "QJRAS",
    "rmxaa": "RMxAA", "skytel": "Sky & Telescope", "solphys": "Sol. Phys.",
    "sovast": "Soviet Ast.", "ssr": "Space Sci. Rev.", "zap": "Z. Astrophys.",
}  # fmt: skip
_COMMAND = re.compile(r"\\([a-z]+)(?![A-Za-z])")


def journal_name(told: str) -> str:
    r"""`\apj` is ApJ; whatever is no command of a journal stays."""
    return _COMMAND.sub(lambda found: _JOURNALS.get(found[1], found[0]), told)
