"""paperlens: through a day of new papers, from the command line."""

__version__ = "0.1.0"
PROJECT_URL = "https://github.com/paperlens/paperlens"
