"""Papers of a checklist that nobody asks for any more, and the papers of C4 that older sites do not have."""

from django.db import migrations, models

from registration.loading import load_requirements


def load(apps, schema_editor):
    load_requirements(apps.get_model)


class Migration(migrations.Migration):
    dependencies = [("registration", "0002_say_why_a_paper_is_needed_all_the_same")]

    operations = [
        migrations.AddField(
            model_name="checklistitem",
            name="is_wanted",
            field=models.BooleanField(
                default=True,
                help_text="no longer, when the way or the office changed; kept for what was done about it",
            ),
        ),
        migrations.RunPython(load, migrations.RunPython.noop),
    ]
