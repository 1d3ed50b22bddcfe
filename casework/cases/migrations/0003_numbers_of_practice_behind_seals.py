"""Children's numbers typed for practice in cases that are sealed or undone, where no place of a person told it."""

from django.db import migrations


def mark_invented(apps, schema_editor):
    """The numbers that people 0005 passed over; one that another invented child has by now stays as it is."""
    offices = apps.get_model("accounts", "Office").objects.filter(kind="practice").values("pk")
    children = apps.get_model("cases", "Case")._base_manager.filter(office__in=offices).values("child")
    papers = apps.get_model("people", "IdentityDocument")._base_manager.filter(type="child_13_digit")
    marked = papers.filter(is_invented=True, is_current=True).values("number")
    papers.filter(person__in=children, is_invented=False).exclude(number__in=marked).update(is_invented=True)


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0002_list_files"),
        ("people", "0005_numbers_of_practice"),
    ]

    operations = [migrations.RunPython(mark_invented, migrations.RunPython.noop)]
