using System.Text.Json.Nodes;
using ReleaseRecipes.Ledger;

namespace ReleaseRecipes.Dashboard.Reading;

/// <summary>Reads an event's data without trusting it to be there.</summary>
static class Facts
{
    public static string? Text(this LedgerEvent fact, string name) =>
        fact.Data[name] is JsonValue value && value.TryGetValue<string>(out var text) ? text : null;

    public static bool? Flag(this LedgerEvent fact, string name) =>
        fact.Data[name] is JsonValue value && value.TryGetValue<bool>(out var flag) ? flag : null;
}
