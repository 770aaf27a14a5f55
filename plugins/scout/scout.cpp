// hub_scout: what Docker Scout knows of images. This file is the table of actions; actions.hpp names what
// does the work, operations.hpp holds the questions that are asked. Docker does not specify this API in
// public: the schema is that of Docker's Hub MCP server.
#include <dockerhub/plugin.hpp>

#include "actions.hpp"
#include "hub/completion.hpp"
#include "prompts.hpp"

namespace {

using namespace dockerhub::sdk;
namespace actions = dockerhub::scout;

constexpr auto repo =
    string(
        "repo",
        "[host/]repository, a :tag or @digest may follow. Without `org` acme/app belongs to acme, "
        "alpine to library.")
        .required()
        .length(1, 400)
        .example("library/alpine");
constexpr auto reference =
    string("reference", "A tag, or a digest like sha256:9f86d0...; latest where nothing is named.")
        .length(1, 450)
        .example("latest");
constexpr auto org =
    string("org", "Organization whose own images are meant; only what is public without it.")
        .length(1, 255)
        .alias("org_name")
        .example("acme");
constexpr auto platform =
    string("platform", "Whose image of an index is meant: os/architecture[/variant].")
        .length(1, 100)
        .defaults("linux/amd64")
        .example("linux/arm64");
constexpr Parameter kImage[] = {repo, reference, org, platform};
constexpr auto image = group(kImage);

constexpr auto severity =
    string("severity", "Only these severities, with commas: critical,high.")
        .pattern(
            "(?:critical|high|medium|low|unspecified|CRITICAL|HIGH|MEDIUM|LOW|UNSPECIFIED)"
            "(?:,(?:critical|high|medium|low|unspecified|CRITICAL|HIGH|MEDIUM|LOW|UNSPECIFIED))*")
        .example("critical,high");
constexpr auto include_excepted =
    boolean("include_excepted", "Also those that an exception or a VEX statement sets aside.");
constexpr Parameter kFilters[] = {
    severity, boolean("fixable", "Only those that a newer version fixes.").alias("only_fixed"),
    array("package_type", "Only in packages of these types, like apk, deb, npm.").count(1, 50),
    boolean("cisa_exploited", "Only those that CISA knows to be exploited."),
    number("epss_above", "Only those whose EPSS score is above this.").min(0).max(1)};
constexpr auto filters = group(kFilters);
constexpr auto details = boolean("details", "Also vulnerable ranges and EPSS scores.");
constexpr auto fail_on = array("fail_on",
                               "Sets the outcome condition_met (exit code 10) when one is left "
                               "that is of this severity or "
                               "worse; with fixable: and can be fixed.")
                             .count(1, 3)
                             .choices("any", "critical", "high", "medium", "low", "fixable")
                             .example(raw_json(R"(["critical", "fixable"])"));
constexpr auto format = string("format", "The form of the answer: rows, or a SARIF 2.1.0 log.")
                            .choices("rows", "sarif")
                            .example("sarif");

constexpr Parameter kSides[] = {
    repo,
    string("base_ref", "Tag or digest of the base.").length(1, 450).alias("base").example("1.0"),
    string("target_ref", "Tag or digest of the target.")
        .required()
        .length(1, 450)
        .alias("target")
        .example("1.1"),
    org,
    string("target_repo", "Repository of the target, where it is another one.").length(1, 400),
    object("baseline", "A saved answer of `cves` in place of the base."),
    platform};

}  // namespace

DOCKERHUB_MODULE(
    module("hub_scout", "1.0.0")
        .title("Docker Scout")
        .describe("Vulnerabilities, software, policies and attestations of images. Scout's API is "
                  "undocumented; SBOMs come from the registry.")
        .publisher("The dockerhub-api authors")
        .license("MIT")
        .toggle("SCOUTTOOL")
        .needs("http/1", "catalog/1", "config/1")
        .uses("identity/1"),
    instance<actions::KeptContents>(),
    setting("api", "string",
            "graphql, or rest for the undocumented requests of dockerhub-api 0.2.0")
        .defaults("graphql")
        .variable("DOCKER_SCOUT_API"),
    setting("graphql_path", "string", "Where GraphQL is asked")
        .defaults("/v1/graphql")
        .variable("DOCKER_SCOUT_GRAPHQL_PATH"),
    setting("rest_summary", "string", "Path of summary with rest")
        .defaults("/v1/orgs/{org}/images/{repo}/summary")
        .variable("DOCKER_SCOUT_SUMMARY_PATH"),
    setting("rest_vulnerabilities", "string", "Path of cves with rest")
        .defaults("/v1/orgs/{org}/images/{repo}/vulnerabilities")
        .variable("DOCKER_SCOUT_VULNERABILITIES_PATH"),
    setting("rest_sbom", "string", "Path of sbom with rest")
        .defaults("/v1/orgs/{org}/images/{repo}/sbom")
        .variable("DOCKER_SCOUT_SBOM_PATH"),
    setting("rest_compare", "string", "Path of compare with rest")
        .defaults("/v1/orgs/{org}/images/{repo}/compare")
        .variable("DOCKER_SCOUT_COMPARE_PATH"),
    setting("rest_policies", "string", "Path of policies with rest")
        .defaults("/v1/orgs/{org}/policies")
        .variable("DOCKER_SCOUT_POLICIES_PATH"),
    setting("rest_policy", "string", "Path of policy_evaluation with rest")
        .defaults("/v1/orgs/{org}/images/{repo}/policy")
        .variable("DOCKER_SCOUT_POLICY_PATH"),
    setting(
        "exporter_url", "string",
        "Origin of the metrics exporter, like https://api.scout.docker.com; not asked without it")
        .variable("DOCKER_SCOUT_EXPORTER_URL"),
    secret_setting("exporter_token", "Access token of an owner, for the metrics exporter")
        .variable("DOCKER_SCOUT_METRICS_TOKEN"),
    destination("exporter", "https://api.scout.docker.com")
        .origin_setting("exporter_url")
        .bearer("exporter_token"),

    action("summary", read, "Counts the vulnerabilities of an image by severity",
           call(actions::summary),
           {image, boolean("details", "Also base image, labels, user, tags and size.")})
        .describe(
            "Tells the state of the analysis as well: without INDEXED no vulnerability does not "
            "mean that there is none.")
        .positional("repo", "reference")
        .verbose("dockerhub_scout_summary")
        .example(R"({"repo": "library/alpine", "reference": "3.20"})"),
    action("cves", read, "Lists the vulnerabilities of an image", call(actions::cves),
           {image, filters, include_excepted, details, fail_on, format})
        .describe("A row for each vulnerability in each package, the worst first, and totals that "
                  "count each once; where Docker Scout has no analysis the packages of the "
                  "attached SBOM are looked up.")
        .items("cves")
        .columns("cve", "severity", "score", "package", "version", "fixed_by")
        .from_outside("package", "version", "fixed_by")
        .positional("repo", "reference")
        .short_form("cves", "repo", "reference")
        .verbose("dockerhub_scout_cves")
        .example(R"({"repo": "library/alpine", "reference": "3.20", "severity": "critical,high"})"),
    action("vulnerabilities", read, "Lists the vulnerabilities of an image, as cves does",
           call(actions::cves), {image, filters, include_excepted, details, fail_on, format})
        .describe("The same under another name.")
        .items("cves")
        .columns("cve", "severity", "score", "package", "version", "fixed_by")
        .from_outside("package", "version", "fixed_by")
        .positional("repo", "reference")
        .verbose("dockerhub_scout_vulnerabilities")
        .example(R"({"repo": "library/alpine", "fixable": true})"),
    action("sbom", read, "Reads the software bill of materials of an image", call(actions::sbom),
           {image, string("sbom_format", "Only of this format.")
                       .choices("spdx", "cyclonedx")
                       .alias("format")})
        .describe(
            "As it is attached to the image, verified by its digest; where none is, a minimal "
            "SPDX document made of Docker Scout's list of packages.")
        .verbatim()
        .positional("repo", "reference")
        .verbose("dockerhub_scout_sbom")
        .example(R"({"repo": "library/alpine", "reference": "3.20"})"),
    action("compare", read, "Compares the vulnerabilities, packages and policies of two images",
           call(actions::compare), {group(kSides), filters, include_excepted, fail_on})
        .describe("Answers what was fixed, introduced and unchanged, nothing as fixed where a side "
                  "is not INDEXED; `baseline` compares with a saved answer of cves, and fail_on "
                  "looks at what is new.")
        .at_least_one({"base_ref", "baseline"})
        .at_most_one({"base_ref", "baseline"})
        .positional("repo", "base_ref", "target_ref")
        .verbose("dockerhub_scout_compare")
        .example(R"({"repo": "library/alpine", "base_ref": "3.20", "target_ref": "latest"})"),
    action("policies", read, "Lists the policies of an organization and how many images keep them",
           call(actions::policies),
           {org.required(),
            string("stream", "Only of this stream, like latest-indexed.").length(1, 255)})
        .describe(
            "Needs a log-in that the organization knows; Docker retires its service for policies, "
            "and where it is silent the metrics exporter is asked with its own token.")
        .items("policies")
        .columns("id", "stream", "compliant", "total", "name")
        .positional("org")
        .verbose("dockerhub_scout_policies")
        .example(R"({"org": "acme"})"),
    action(
        "policy_evaluation", read, "Tells which policies an image keeps",
        call(actions::policy_evaluation),
        {image,
         string("evaluation",
                "Who evaluates; with auto Docker Scout, or this program where that has no result.")
             .choices("auto", "scout", "local")
             .example("local"),
         object("policies",
                "Settings of the local evaluation by policy, like {\"copyleft-license\": "
                "{\"weight\": 0}}; they imply it."),
         array("fail_on", "Sets the outcome condition_met (exit code 10) when a policy is this.")
             .count(1, 2)
             .choices("failed", "unknown")})
        .describe("The local evaluation keeps to Docker's documented policies, settings and health "
                  "score; what cannot be known counts as unknown.")
        .items("policies")
        .columns("id", "status", "deviation_count", "name", "reason")
        .positional("repo", "reference")
        .verbose("dockerhub_scout_policy_evaluation")
        .example(R"({"repo": "library/alpine", "evaluation": "local"})"),

    action("recommendations", read, "Lists base images that would be better",
           call(actions::recommendations), {image})
        .describe("Needs Docker Scout's analysis of the image; nothing else stands in for it.")
        .items("recommendations")
        .columns("repository", "tags", "packages", "vulnerabilities.critical",
                 "vulnerabilities.high", "vulnerabilities.medium", "vulnerabilities.low")
        .positional("repo", "reference")
        .verbose("dockerhub_scout_recommendations")
        .example(R"({"repo": "library/alpine", "reference": "3.20"})"),
    action("attestations", read, "Lists what is attached to an image: SBOMs, provenance, VEX",
           call(actions::attestations),
           {image, boolean("scout", "Also those that Docker Scout keeps.")})
        .describe("In the image's index and among its referrers; signatures are not checked.")
        .items("attestations")
        .columns("kind", "predicate_type", "digest", "source")
        .positional("repo", "reference")
        .verbose("dockerhub_scout_attestations")
        .example(R"({"repo": "library/alpine", "reference": "3.20"})"),
    action("purl", read, "Lists the vulnerabilities of packages by their URLs", call(actions::purl),
           {array("purl", "Package URLs with versions, like pkg:npm/express@4.17.1.")
                .required()
                .count(1, 1000)
                .example(raw_json(R"(["pkg:npm/express@4.17.1"])")),
            filters, details, fail_on})
        .describe("Of any package, without an image and without a log-in.")
        .items("cves")
        .columns("cve", "severity", "score", "package", "version", "fixed_by")
        .from_outside("package", "version", "fixed_by")
        .positional("purl")
        .verbose("dockerhub_scout_purl")
        .example(R"({"purl": ["pkg:npm/express@4.17.1"]})"),

    resource_template(
        "dockerhub://image/{repo}@{digest}/sbom", "SBOM of an image",
        "The software bill of materials of an image, as sbom answers it. A tag may stand in the "
        "place of the digest.",
        "application/json",
        answer_of("hub_scout", "sbom", R"({"repo": "{repo}", "reference": "{digest}"})")),
    prompt("vulnerability_triage", "Sorts the vulnerabilities of an image by what matters",
           steps(actions::kTriageAim, actions::kTriage),
           {argument("repo", "Repository with its namespace, like acme/app").required(),
            argument("reference", "Tag or digest; latest if not given"),
            argument("severity", "Severities that count, with commas; critical,high if not given")})
        .title("Vulnerability triage"),
    completion(call(actions::complete)))
