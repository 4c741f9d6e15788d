using System.Text.Json.Nodes;
using FsCheck;
using FsCheck.Fluent;
using ReleaseRecipes.Ledger;

namespace ReleaseRecipes.Tests.Ledger;

public sealed class CanonicalJsonTests
{
    // RFC 8785, 3.2.3: members are sorted by their names as UTF-16 code units.
    [TestCase("""{ "b": 1, "a": [ true, null, "x" ] }""", """{"a":[true,null,"x"],"b":1}""")]
    [TestCase(
        """{"\u20ac":1,"\r":2,"1":3,"\ud83d\ude00":4,"\u0080":5,"\u00f6":6,"\ufb33":7}""",
        "{\"\\r\":2,\"1\":3,\"\u0080\":5,\"ö\":6,\"€\":1,\"😀\":4,\"\uFB33\":7}"
    )]
    // 3.2.2.2: nothing is escaped but quotes, backslashes and control characters.
    [TestCase("""{"a":"\u20ac$\u000F\u000aA'\u0042\u0022\u005c\\\"\/</script>😀"}""", """{"a":"€$\u000f\nA'B\"\\\\\"/</script>😀"}""")]
    // 3.2.2.3: numbers as ECMAScript writes them.
    [TestCase("[333333333.33333329, 1E30, 4.50, 2e-3, 0.000000000000000000000000001]", "[333333333.3333333,1e+30,4.5,0.002,1e-27]")]
    [TestCase(
        "[1.0, -0.0, 100, 1e21, 123456789012345680000, 0.000001, 1e-7, -1.5]",
        "[1,0,100,1e+21,123456789012345680000,0.000001,1e-7,-1.5]"
    )]
    public void Json_has_one_canonical_form(string json, string canonical) =>
        Assert.That(CanonicalJson.Of(JsonNode.Parse(json)), Is.EqualTo(canonical));

    [Test]
    public void The_canonical_form_is_its_own_canonical_form() =>
        Prop.ForAll<double, string>((number, text) => Same(new JsonArray(double.IsFinite(number) ? number : 0, text ?? "")))
            .QuickCheckThrowOnFailure();

    static bool Same(JsonNode node)
    {
        var once = CanonicalJson.Of(node);
        var parsed = JsonNode.Parse(once)!;
        return CanonicalJson.Of(parsed) == once
            && parsed[0]!.GetValue<double>().Equals(node[0]!.GetValue<double>() + 0.0)
            && parsed[1]!.GetValue<string>() == node[1]!.GetValue<string>();
    }
}
