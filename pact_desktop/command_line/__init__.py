# SPDX-License-Identifier: GPL-3.0-or-later
"""The program without a window: the same services, driven by words."""
