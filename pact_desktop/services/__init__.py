# SPDX-License-Identifier: GPL-3.0-or-later
"""What a user can do: one function for each deed, no Qt, no SQL, no wording."""
