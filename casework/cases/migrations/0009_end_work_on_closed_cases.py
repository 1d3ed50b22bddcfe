"""Cases closed before their programmes ended with them, and plans written before it was kept by whom.

Decision 13: a programme sees the persons of a case no longer than the case. Who wrote in a plan does not approve it.
"""

from django.db import migrations

END_WORK = """
UPDATE cases_enrolment AS enrolment
SET until_on = GREATEST(enrolment.since_on, cases_case.closed_on), outcome = cases_case.close_reason
FROM cases_case
WHERE enrolment.case_id = cases_case.id AND enrolment.until_on IS NULL AND cases_case.state = 'closed';
DELETE FROM people_personreach AS reach
WHERE reach.source_type = 'cases.case' AND reach.programme <> ''
  AND EXISTS (SELECT 1 FROM cases_case WHERE cases_case.id = reach.source_id AND cases_case.state = 'closed');
"""

KNOW_WRITERS = """
UPDATE cases_caseplan AS plan SET changed_by = written.people
FROM (
  SELECT open_plan.id, jsonb_agg(DISTINCT event.actor_id) AS people
  FROM cases_caseplan AS open_plan
  JOIN audit_event AS event ON event.case_id_of = open_plan.case_id AND event.at >= open_plan.created_at
  WHERE open_plan.changed_by = '[]' AND open_plan.state IN ('draft', 'submitted', 'returned')
    AND event.actor_id IS NOT NULL
    AND event.action IN ('cases.goal.added', 'cases.goal.removed', 'cases.step.added', 'cases.plan.changed')
  GROUP BY open_plan.id
) AS written
WHERE written.id = plan.id;
"""


class Migration(migrations.Migration):

    dependencies = [
        ("cases", "0008_know_who_wrote_in_a_plan"),
        ("people", "0008_let_a_reach_end_by_itself"),
        ("audit", "0002_find_what_a_person_opened"),
    ]

    operations = [
        migrations.RunSQL(END_WORK, migrations.RunSQL.noop),
        migrations.RunSQL(KNOW_WRITERS, migrations.RunSQL.noop),
    ]
