"""What is proposed is kept in words by language; until now it stood in the language of whoever proposed it."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("approvals", "0007_remember_who_is_paid")]

    operations = [
        migrations.SeparateDatabaseAndState(
            database_operations=[
                migrations.RunSQL(
                    "ALTER TABLE approvals_proposal ALTER COLUMN summary TYPE jsonb"
                    " USING jsonb_build_object('en', summary)",
                    "ALTER TABLE approvals_proposal ALTER COLUMN summary TYPE varchar(300) USING summary->>'en'",
                )
            ],
            state_operations=[
                migrations.AlterField(
                    model_name="proposal",
                    name="summary",
                    field=models.JSONField(verbose_name="what", help_text="what is to be done in words, by language"),
                )
            ],
        )
    ]
