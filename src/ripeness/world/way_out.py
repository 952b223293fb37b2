"""How an armed ally can leave its camp before its war ends, and the codes under which the kernels record it."""

from __future__ import annotations

IN_CAMP, SEPARATE_PEACE, CHANGED_CAMP, LEFT, SPENT, FIGHTS_ON = 0.0, 1.0, 2.0, 3.0, 4.0, 5.0
WAYS_OUT = ("in the war", "separate peace", "changed camp", "left the war", "spent", "fights on")
