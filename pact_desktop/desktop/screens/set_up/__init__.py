# SPDX-License-Identifier: GPL-3.0-or-later
"""The first start: a facility, two people, a recovery sheet."""
