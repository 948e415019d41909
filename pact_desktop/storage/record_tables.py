# SPDX-License-Identifier: GPL-3.0-or-later
"""Tables of patients, visits, referrals and the facility."""
