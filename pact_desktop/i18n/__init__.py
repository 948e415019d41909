# SPDX-License-Identifier: GPL-3.0-or-later
"""Languages, scripts and the program's words; knows neither Qt nor the field."""
