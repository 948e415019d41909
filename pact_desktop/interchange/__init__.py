# SPDX-License-Identifier: GPL-3.0-or-later
"""Files that come from or go to others: content packs."""
