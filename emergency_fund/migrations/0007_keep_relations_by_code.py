"""Who received help is told by the code of a family role; words of a language that stand there become codes."""

from django.db import migrations, models
from django.utils import translation

from casework.people.states import FamilyRole

LANGUAGES = ("en", "th", "my")


def forwards(apps, schema_editor):
    deliveries = apps.get_model("emergency_fund", "Delivery").rows
    for language in LANGUAGES:
        with translation.override(language):
            for role in FamilyRole:
                deliveries.filter(relation__iexact=str(role.label)).update(relation=role.value)


class Migration(migrations.Migration):
    dependencies = [
        ("emergency_fund", "0006_help_first_up_to_a_cap"),
        ("people", "0005_keep_few_entries_unsorted"),
    ]

    operations = [
        migrations.AlterField(
            model_name="delivery",
            name="relation",
            field=models.CharField(
                help_text="a family role by its code; in old rows perhaps in words", max_length=40,
                verbose_name="relation to the child",
            ),
        ),
        migrations.RunPython(forwards, migrations.RunPython.noop),
    ]
