using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using FsCheck;
using FsCheck.Fluent;
using ReleaseRecipes.Output;

namespace ReleaseRecipes.Tests.Output;

public sealed class SecretsTests
{
    const string Value = "p@ss/w+rd \"q\\uote\" ü$^.*[x](y)";
    readonly Secrets secrets = new([Value]);

    static IEnumerable<string> Written =>
        [
            Value,
            Uri.EscapeDataString(Value),
            System.Text.RegularExpressions.Regex.Replace(
                Uri.EscapeDataString(Value),
                "%[0-9A-F]{2}",
                match => match.Value.ToLowerInvariant()
            ),
            WebUtility.UrlEncode(Value),
            WebUtility.HtmlEncode(Value),
            JsonSerializer.Serialize(Value).Trim('"'),
            System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping.Encode(Value),
            JsonValue.Create(Value).ToJsonString()[1..^1],
            Convert.ToHexString(Encoding.UTF8.GetBytes(Value)),
            Convert.ToHexStringLower(Encoding.UTF8.GetBytes(Value)),
        ];

    [TestCaseSource(nameof(Written))]
    public void A_secret_is_found_however_it_is_written(string written) =>
        Assert.That(secrets.Mask($"before {written} after"), Is.EqualTo("before *** after"));

    [TestCase("")]
    [TestCase("x")]
    [TestCase("u:")]
    [TestCase("user:")]
    [TestCase("Ünicode:")]
    public void A_secret_is_found_inside_base64(string before)
    {
        var token = "hunter2-and-more";
        var bytes = Encoding.UTF8.GetBytes($"{before}{token}:tail");
        var hidden = new Secrets([token]);

        var plain = hidden.Mask("Authorization: Basic " + Convert.ToBase64String(bytes));
        var url = hidden.Mask(Convert.ToBase64String(bytes).Replace('+', '-').Replace('/', '_'));

        Assert.That(plain, Does.Contain("***"));
        Assert.That(url, Does.Contain("***"));
    }

    [Test]
    public void Of_base64_no_readable_part_of_the_secret_remains() =>
        Prop.ForAll<NonEmptyString, byte[], byte[]>(
                (text, before, after) =>
                {
                    var secret = "k9!" + text.Get + "#z7q";
                    var rest = new Secrets([secret]).Mask(Convert.ToBase64String([.. before, .. Encoding.UTF8.GetBytes(secret), .. after]));
                    return rest.Contains("***", StringComparison.Ordinal);
                }
            )
            .QuickCheckThrowOnFailure();

    [Test]
    public void Of_base64_in_lines_of_any_length_nothing_remains() =>
        Prop.ForAll<byte[], PositiveInt>(
                (before, width) =>
                {
                    var (secret, length) = ("k9!and-a-long-token-of-sixty-characters-or-a-little-more-#z7q", 16 + width.Get % 80);
                    var whole = Convert.ToBase64String([.. before, .. Encoding.UTF8.GetBytes(secret)]);
                    var broken = string.Join('\n', whole.Chunk(length).Select(line => new string(line)));
                    var masked = new Secrets([secret]).Mask(broken).Replace("\n", "", StringComparison.Ordinal);
                    // What is left depends on what stands before and behind the secret as well.
                    return masked.Length <= whole.Length - (secret.Length * 4 / 3) + "***".Length + 4;
                }
            )
            .QuickCheckThrowOnFailure();

    [Test]
    public void A_secret_that_is_broken_over_lines_is_hidden_with_its_breaks() =>
        Assert.That(
            new Secrets(["ghp_0123456789abcdefghijklmnopqrstuvwxyz"]).Mask("token\nghp_0123456789abcdefg\r\nhijklmnopqrstuvwxyz\nend"),
            Is.EqualTo("token\n***\nend")
        );

    [Test]
    public void Of_a_document_names_and_texts_are_hidden_and_numbers_stay()
    {
        var document = new JsonObject { ["12345"] = "pin 12345", ["count"] = 12345 };

        Assert.That(new Secrets(["12345"]).Mask(document).ToJsonString(), Is.EqualTo("""{"***":"pin ***","count":12345}"""));
    }

    [Test]
    public void Of_overlapping_secrets_no_end_shows() =>
        Assert.That(new Secrets(["abcdef", "defghi", "hijklm"]).Mask("<abcdefghijklm>"), Is.EqualTo("<***>"));

    [Test]
    public void The_longer_of_two_secrets_is_hidden_whole() =>
        Assert.That(new Secrets(["secret", "secret-and-more"]).Mask("secret-and-more, secret"), Is.EqualTo("***, ***"));

    [Test]
    public void A_secret_of_several_lines_is_hidden_line_by_line_and_as_a_whole()
    {
        var key = "-----BEGIN KEY-----\nMIIEvQIBADANBg\nkqhkiG9w0BAQEF\n-----END KEY-----\n";
        var hidden = new Secrets([key]);

        Assert.That(hidden.Mask(key), Is.EqualTo("***"));
        Assert.That(
            key.Split('\n').Select(hidden.Mask),
            Is.EqualTo(new[] { "-----BEGIN KEY-----", "***", "***", "-----END KEY-----", "" })
        );
        Assert.That(hidden.Mask(JsonSerializer.Serialize(key)), Does.Not.Contain("MIIE").And.Not.Contain("kqhk"));
    }

    [Test]
    public void A_value_too_short_to_hide_leaves_the_output_readable() =>
        Assert.That(new Secrets(["1234", "", "a"]).Mask("1234 apples"), Is.EqualTo("1234 apples"));

    [Test]
    public void Nothing_is_left_of_any_secret_in_any_text() =>
        Prop.ForAll<NonEmptyString[], string>(
                (values, text) =>
                {
                    string[] hidden =
                    [
                        .. values
                            .Select(value => value.Get)
                            .Where(value => value.Length >= 5 && !value.Contains('*', StringComparison.Ordinal)),
                    ];
                    var masked = new Secrets(hidden).Mask((text ?? "") + string.Concat(hidden) + text);
                    return hidden.All(value => !masked.Contains(value, StringComparison.Ordinal));
                }
            )
            .QuickCheckThrowOnFailure();

    [TestCase("GITHUB_TOKEN")]
    [TestCase("NPM_AUTH_TOKEN")]
    [TestCase("DBPASSWORD")]
    [TestCase("client-secret")]
    [TestCase("SLACK_WEBHOOK_URL")]
    [TestCase("AWS_SECRET_ACCESS_KEY")]
    [TestCase("AWS_ACCESS_KEY_ID")]
    [TestCase("nugetApiKey")]
    [TestCase("ConnectionStrings__Default")]
    [TestCase("SENTRY_DSN")]
    [TestCase("GPG_PASSPHRASE")]
    [TestCase("GH_PAT")]
    public void A_variable_that_looks_secret_is_hidden(string name) =>
        Assert.That(Of(name, "s3cr3t-value").Mask("s3cr3t-value"), Is.EqualTo("***"));

    [TestCase("HOME", "/home/ada")]
    [TestCase("LANG", "C.UTF-8")]
    [TestCase("KEYBOARD", "dvorak")]
    [TestCase("MONKEY", "bananas")]
    [TestCase("AUTHOR", "Ada Lovelace")]
    [TestCase("PWD", "/somewhere/else")]
    [TestCase("USE_TOKEN", "false")]
    [TestCase("KEY_FILE_FORMAT", "openssh")]
    public void Another_variable_is_not(string name, string value) => Assert.That(Of(name, value).Mask(value), Is.EqualTo(value));

    [Test]
    public void A_variable_that_names_a_file_is_no_secret()
    {
        var file = typeof(SecretsTests).Assembly.Location;

        Assert.That(Of("GOOGLE_APPLICATION_CREDENTIALS", file).Mask(file), Is.EqualTo(file));
    }

    [TestCase("DATABASE_URL", "postgres://app:hunter22@db/x", "hunter22")]
    [TestCase("DB", "Server=db;User Id=sa;Password=Str0ng!Pass;Encrypt=true", "Str0ng!Pass")]
    [TestCase("STORAGE", "AccountName=x;AccountKey=abc/def+ghi==", "abc/def+ghi==")]
    public void A_password_inside_any_variable_is_hidden(string name, string value, string password) =>
        Assert.That(Of(name, value).Mask($"rejected: {password}"), Is.EqualTo("rejected: ***"));

    [Test]
    public void A_variable_that_the_strategy_names_is_hidden_whatever_its_name() =>
        Assert.That(Secrets.From([new("INNOCENT", "not-so-innocent")], ["INNOCENT"]).Mask("not-so-innocent"), Is.EqualTo("***"));

    [TestCase("fatal: https://ada:ghp_x1@github.com/a/b.git", "fatal: https://ada:***@github.com/a/b.git")]
    [TestCase("https://x-access-token:abc@host", "https://x-access-token:***@host")]
    [TestCase("https://ada:p@ss:w@rd@host/a@b", "https://ada:***@host/a@b")]
    [TestCase("(https://a:b@c/d) https://e:f@g", "(https://a:***@c/d) https://e:***@g")]
    [TestCase("https://ghp_0123456789abcdefghij@github.com", "https://***@github.com")]
    [TestCase("ssh://git@github.com/a/b", "ssh://git@github.com/a/b")]
    [TestCase("http://127.0.0.1:8080/x?y=a@b", "http://127.0.0.1:8080/x?y=a@b")]
    public void A_password_in_a_URL_is_hidden_even_when_nobody_knew_it(string text, string expected) =>
        Assert.That(Secrets.None.Mask(text), Is.EqualTo(expected));

    static Secrets Of(string name, string value) => Secrets.From([new(name, value)], []);
}
