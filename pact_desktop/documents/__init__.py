# SPDX-License-Identifier: GPL-3.0-or-later
"""Paper: domain values and a catalogue in, PDF bytes out."""
