# SPDX-License-Identifier: GPL-3.0-or-later
"""Words and formats of a locale: catalogues, dates, numbers, name folding."""
