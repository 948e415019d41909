# SPDX-License-Identifier: GPL-3.0-or-later
"""The rules of the field: frozen values and pure functions, no input or output, no wording."""
