# SPDX-License-Identifier: GPL-3.0-or-later
"""Revisions of the cases compartment."""
