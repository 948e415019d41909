# SPDX-License-Identifier: GPL-3.0-or-later
"""The encrypted files: the only place that knows SQLCipher."""
