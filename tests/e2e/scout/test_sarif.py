"""SARIF logs of hub_scout against the published schema of the format, which an npm package has. Needs tests/npm."""

import json

from outside import main, package
from test_sandbox import MULTI, ScoutTest

SCHEMA = package("@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json")


class Logs(ScoutTest):
    def problems_of(self, log):
        import jsonschema  # Debian: python3-jsonschema

        schema = json.loads(SCHEMA[0].read_text())
        return [problem.message for problem in jsonschema.validators.validator_for(schema)(schema).iter_errors(log)]

    def test_of_an_image_are_what_the_schema_wants(self):
        log = self.data_of("cves", {**MULTI, "format": "sarif", "include_excepted": True})
        self.assertEqual(len(log["runs"][0]["results"]), 4)
        self.assertEqual(self.problems_of(log), [])
        # The schema sees what is missing.
        del log["runs"][0]["results"][0]["message"]
        self.assertNotEqual(self.problems_of(log), [])

    def test_without_findings_are_what_the_schema_wants(self):
        log = self.data_of("cves", {**MULTI, "format": "sarif", "severity": "unspecified"})
        self.assertEqual(log["runs"][0]["results"], [])
        self.assertEqual(self.problems_of(log), [])


if __name__ == "__main__":
    main("the schema of SARIF", SCHEMA)
