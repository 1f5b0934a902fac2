"""Claims to annotation tools and back: Label Studio and brat. What comes back is gold (`casualty_extract.gold`).

write_labelstudio(reports, "tasks.json")       read_labelstudio("export.json")
write_brat(reports, "folder")                  read_brat("folder")
"""

from casualty_extract.exchange.brat import brat_config, read_brat, write_brat
from casualty_extract.exchange.labelstudio import (
    labelstudio_config,
    labelstudio_tasks,
    read_labelstudio,
    write_labelstudio,
)

__all__ = [
    "brat_config",
    "labelstudio_config",
    "labelstudio_tasks",
    "read_brat",
    "read_labelstudio",
    "write_brat",
    "write_labelstudio",
]
