using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using ReleaseRecipes.Ledger;

namespace ReleaseRecipes.Approvals;

/// <summary>A plan as one number: equal plans have equal hashes, however they are written.</summary>
public static class PlanHash
{
    /// <summary>SHA-256 over the canonical JSON of the plan's parts, lower-case hex.</summary>
    public static string Of(JsonNode plan) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(CanonicalJson.Of(plan))));
}
