"""What a person's position is called in English, for the English copy of letters."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("accounts", "0005_first_passwords_end")]

    operations = [
        migrations.AddField(
            model_name="user",
            name="position_en",
            field=models.CharField(blank=True, max_length=120, verbose_name="position in English"),
        ),
    ]
