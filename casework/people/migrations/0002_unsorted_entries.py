"""How many entries an index keeps unsorted is said by the connection: fewer for those who search, more for a load."""

from django.contrib.postgres.indexes import GinIndex
from django.db import migrations

INDEXES = {
    "people_match_blocks": ("matchkey", GinIndex(fields=["blocks"], name="people_match_blocks")),
    "people_name_trigrams": (
        "personname", GinIndex(fields=["search_key"], name="people_name_trigrams", opclasses=["gin_trgm_ops"]),
    ),
}  # fmt: skip


class Migration(migrations.Migration):
    dependencies = [("people", "0001_tables")]

    operations = [
        migrations.SeparateDatabaseAndState(
            database_operations=[
                migrations.RunSQL(
                    f"ALTER INDEX {name} RESET (gin_pending_list_limit)",
                    f"ALTER INDEX {name} SET (gin_pending_list_limit = 64)",
                )
            ],
            state_operations=[migrations.RemoveIndex(model, name), migrations.AddIndex(model, index)],
        )
        for name, (model, index) in INDEXES.items()
    ]
