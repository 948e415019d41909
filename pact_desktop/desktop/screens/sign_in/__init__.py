# SPDX-License-Identifier: GPL-3.0-or-later
"""Signing in, before any record is open."""
