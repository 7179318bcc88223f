# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: The Postrider developers

# The modules from the bottom up. A module may use any lower level, never its own or a higher one.
# Read by postrider_add_module() (link dependencies) and by CheckLayering.cmake (includes).
set(POSTRIDER_LEVEL_0 base)
set(POSTRIDER_LEVEL_1 mime sasl)
set(POSTRIDER_LEVEL_2 smtp accounts secrets)
set(POSTRIDER_LEVEL_3 net outbox)
set(POSTRIDER_LEVEL_4 oauth discovery practice)
set(POSTRIDER_LEVEL_5 delivery)
set(POSTRIDER_LEVEL_6 widgets)
set(POSTRIDER_LEVEL_7 compose setup outboxview)
set(POSTRIDER_LEVEL_8 app cli)
set(POSTRIDER_LEVELS 0 1 2 3 4 5 6 7 8)
