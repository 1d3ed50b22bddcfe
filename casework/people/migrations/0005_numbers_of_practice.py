"""A child's number that is typed for practice may be that of a real child: both stand."""

from django.db import migrations, models


def mark_invented(apps, schema_editor):
    """The children's numbers that were typed in practice offices so far."""
    offices = apps.get_model("accounts", "Office").objects.filter(kind="practice").values("pk")
    people = apps.get_model("people", "PersonReach").objects.filter(office_id__in=offices).values("person_id")
    papers = apps.get_model("people", "IdentityDocument")._base_manager
    papers.filter(type="child_13_digit", person_id__in=people).update(is_invented=True)


class Migration(migrations.Migration):
    dependencies = [
        ("people", "0004_the_answer_of_the_other_office"),
        ("accounts", "0006_position_in_english"),
    ]

    operations = [
        migrations.AddField(
            model_name="identitydocument",
            name="is_invented",
            field=models.BooleanField(default=False, help_text="a child's number that was typed for practice"),
        ),
        migrations.RemoveConstraint(
            model_name="identitydocument", name="A 13-digit child number belongs to one child"
        ),
        migrations.RunPython(mark_invented, migrations.RunPython.noop),
        migrations.AddConstraint(
            model_name="identitydocument",
            constraint=models.UniqueConstraint(
                condition=models.Q(("is_current", True), ("type", "child_13_digit"), models.Q(("number", ""), _negated=True)),
                fields=("type", "number", "is_invented"),
                name="A 13-digit child number belongs to one child",
            ),
        ),
    ]
