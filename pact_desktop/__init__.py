# SPDX-License-Identifier: GPL-3.0-or-later
"""Intake and referral for health facilities, offline and encrypted."""

__version__ = "0.1.0"
