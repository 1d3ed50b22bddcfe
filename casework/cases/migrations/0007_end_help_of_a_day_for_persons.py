from django.db import migrations

END = """
UPDATE people_personreach AS reach SET until_at = help.until_at
FROM (
    SELECT case_id, user_id, max(until_at) AS until_at FROM cases_assignment
    WHERE ended_at IS NULL GROUP BY case_id, user_id HAVING bool_and(until_at IS NOT NULL)
) AS help
WHERE reach.source_type = 'cases.case' AND reach.source_id = help.case_id AND reach.user_id = help.user_id
"""


class Migration(migrations.Migration):
    """Who helped for a day before this stood on the reach sees the family as long as the case."""

    dependencies = [
        ("cases", "0006_keep_lists_of_workers_and_offices_at_hand"),
        ("people", "0008_let_a_reach_end_by_itself"),
    ]

    operations = [migrations.RunSQL(END, migrations.RunSQL.noop)]
