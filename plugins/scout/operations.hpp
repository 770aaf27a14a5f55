// The questions that are asked of Docker Scout, as GraphQL. Each is checked against the published schema
// by a test (tests/e2e/scout/schema.test.mjs), so that a slip cannot ship. Source: schema of Docker's
// Hub MCP server, August 2026. All are queries: nothing here changes anything.
#pragma once

#include <string_view>

namespace dockerhub::scout {

struct Operation {
  std::string_view name;
  std::string_view field;  // of `data` that holds the answer
  std::string_view text;
};

inline constexpr Operation kSummaryQuery{"ScoutSummary", "imageSummariesByDigest", R"graphql(
query ScoutSummary($ctx: Context!, $digests: [String!]!, $repo: ScRepositoryInput) {
  imageSummariesByDigest(context: $ctx, digests: $digests, repository: $repo) {
    digest
    sbomState
    vulnerabilityReport { critical high medium low unspecified total }
  }
})graphql"};

inline constexpr Operation kDetailsQuery{"ScoutImageDetails", "imageDetailsListByDigest", R"graphql(
query ScoutImageDetails($ctx: Context!, $digest: String!, $repo: String) {
  imageDetailsListByDigest(context: $ctx, digest: $digest, repository: $repo) {
    digest createdAt packageCount layerCount compressedSize mediaType user sbomState
    platform { os architecture variant }
    repository { hostName repoName badge }
    tags { name current updatedAt digest }
    vulnerabilityReport { critical high medium low unspecified total }
    baseImage { digest repository { repoName } tags { name current } }
    labels { key value }
    attestations { predicateType }
  }
})graphql"};

// What makes answers much larger is asked for only when it is wanted.
inline constexpr Operation kCvesQuery{"ScoutCves", "imagePackagesForImageCoords", R"graphql(
query ScoutCves($ctx: Context!, $q: IpImagePackagesForImageCoordsQuery!, $epss: Boolean!, $details: Boolean!) {
  imagePackagesForImageCoords(context: $ctx, query: $q) {
    digest hostName repoName sbomState
    imagePackages {
      packages {
        package {
          purl name version type namespace licenses
          vulnerabilities {
            sourceId source url fixedBy publishedAt cisaExploited isExcepted
            vulnerableRange @include(if: $details)
            cvss { severity score version vector }
            cwes { cweId }
            epss @include(if: $epss) { score percentile }
          }
        }
      }
    }
  }
})graphql"};

inline constexpr Operation kCvesByPurlQuery{"ScoutCvesByPurl", "vulnerabilitiesByPackage",
                                            R"graphql(
query ScoutCvesByPurl($ctx: Context!, $purls: [String!]!, $epss: Boolean!, $details: Boolean!) {
  vulnerabilitiesByPackage(context: $ctx, packageUrls: $purls) {
    purl
    vulnerabilities {
      sourceId source url fixedBy publishedAt cisaExploited
      vulnerableRange @include(if: $details)
      cvss { severity score version vector }
      cwes { cweId }
      epss @include(if: $epss) { score percentile }
    }
  }
})graphql"};

inline constexpr Operation kPackagesQuery{"ScoutPackages", "imagePackagesForImageCoords", R"graphql(
query ScoutPackages($ctx: Context!, $q: IpImagePackagesForImageCoordsQuery!) {
  imagePackagesForImageCoords(context: $ctx, query: $q) {
    digest sbomState
    imagePackages { packages { package { purl name version type namespace licenses } } }
  }
})graphql"};

inline constexpr Operation kAttestationsQuery{"ScoutAttestations", "attestationsList", R"graphql(
query ScoutAttestations($ctx: Context!, $q: MgAttestationsListQuery!) {
  attestationsList(context: $ctx, query: $q) {
    paging { totalCount }
    items { digest predicateType reference }
  }
})graphql"};

inline constexpr Operation kPoliciesQuery{"ScoutPolicies", "goalResultSummaries", R"graphql(
query ScoutPolicies($ctx: Context!, $q: PolicySummaryQuery!) {
  goalResultSummaries(context: $ctx, query: $q) {
    items {
      policy { definitionName configurationName displayName description resultType owner enabled remediationLink }
      stream totalImages compliantImages unknownImages totalDeviations
      delta { compliantImages totalDeviations totalImages unknownImages timestamp }
    }
  }
})graphql"};

inline constexpr Operation kPolicyEvaluationQuery{"ScoutPolicyEvaluation", "goalResultsByDigest",
                                                  R"graphql(
query ScoutPolicyEvaluation($ctx: Context!, $q: GoalResultsQuery!) {
  goalResultsByDigest(context: $ctx, query: $q) {
    digest createdAt
    repository { hostName repoName }
    platform { os architecture variant }
    tags { name current }
    policies {
      __typename definitionName configurationName displayName description evaluated
      latestDelta { deltaReason deltaChange }
      ... on ScBooleanPolicy { currentResult { statusLabel createdDateTime hasDeviation isStale } }
      ... on ScGenericPolicy {
        remediationLink
        currentResult { statusLabel createdDateTime deviationCount isStale deviations { id details { key value } } }
      }
      ... on ScLicencePolicy {
        licenses
        currentResult { statusLabel createdDateTime deviationCount isStale deviations { id purl license } }
      }
      ... on ScVulnerabilityPolicy {
        currentResult {
          statusLabel createdDateTime deviationCount isStale
          deviations { id vulnerability purl severity cvssScore fixedBy }
        }
      }
    }
  }
})graphql"};

inline constexpr Operation kRecommendationsQuery{"ScoutRecommendations",
                                                 "tagRecommendationsByDigest", R"graphql(
query ScoutRecommendations($ctx: Context!, $repo: String, $digest: String!) {
  tagRecommendationsByDigest(context: $ctx, repository: $repo, digest: $digest) {
    repository { name }
    recommendations {
      currentTag { digest tags packageCount vulnerabilityReport { critical high medium low } }
      recommendedTags { digest tags packageCount vulnerabilityReport { critical high medium low } }
    }
  }
})graphql"};

}  // namespace dockerhub::scout
