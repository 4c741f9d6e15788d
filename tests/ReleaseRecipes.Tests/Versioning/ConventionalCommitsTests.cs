using FsCheck;
using FsCheck.Fluent;
using ReleaseRecipes.Strategy;
using ReleaseRecipes.Versioning;

namespace ReleaseRecipes.Tests.Versioning;

/// <summary>Conventional Commits 1.0.0, sentence by sentence (https://www.conventionalcommits.org/en/v1.0.0/#specification).</summary>
public sealed class ConventionalCommitsTests
{
    // 1. Commits MUST be prefixed with a type, which consists of a noun, feat, fix, etc., followed by the OPTIONAL scope,
    // OPTIONAL !, and REQUIRED terminal colon and space.
    [TestCase("feat: gift cards", "feat", null, false, "gift cards")]
    [TestCase("feat(cart): gift cards", "feat", "cart", false, "gift cards")]
    [TestCase("feat!: gift cards", "feat", null, true, "gift cards")]
    [TestCase("feat(cart)!: gift cards", "feat", "cart", true, "gift cards")]
    [TestCase("fix(core): handle foo(bar): baz", "fix", "core", false, "handle foo(bar): baz")]
    [TestCase("fix(a(b)): c", "fix", "a(b)", false, "c")]
    public void A_header_has_type_scope_mark_and_description(string header, string type, string? scope, bool bang, string description)
    {
        var message = ConventionalParser.Parse(header);

        Assert.That((message.Type, message.Scope, message.Bang, message.Description), Is.EqualTo((type, scope, bang, description)));
    }

    [TestCase("feat:gift cards")]
    [TestCase("feat gift cards")]
    [TestCase("feat : gift cards")]
    [TestCase("feat: ")]
    [TestCase(": gift cards")]
    [TestCase("(cart): gift cards")]
    [TestCase("feat(cart: gift cards")]
    [TestCase("feat (cart): gift cards")]
    [TestCase("Merge branch 'main'")]
    [TestCase("-f: x")]
    public void What_lacks_a_part_does_not_follow_the_convention_and_is_kept_whole(string header)
    {
        var message = ConventionalParser.Parse(header);

        Assert.That((message.Follows, message.Description), Is.EqualTo((false, header.Trim())));
    }

    // 2. The type feat MUST be used when a commit adds a new feature. 3. The type fix MUST be used when it represents a bug fix.
    // 14. Types other than feat and fix MAY be used.
    [TestCase("feat: x", "minor")]
    [TestCase("fix: x", "patch")]
    [TestCase("perf: x", "patch")]
    [TestCase("docs: x", "none")]
    [TestCase("whatever: x", "none")]
    [TestCase("no convention", "none")]
    public void The_type_decides_the_bump(string message, string bump) => Assert.That(BumpOf(message), Is.EqualTo(bump));

    [Test]
    public void The_strategy_has_a_table_of_its_own() =>
        Assert.That(
            BumpOf("build: x", new VersioningSettings { Bumps = new Dictionary<string, string> { ["build"] = "patch" } }),
            Is.EqualTo("patch")
        );

    // 6. A longer commit body MAY be provided after the short description, beginning one blank line after it.
    // 7. A commit body is free-form and MAY consist of any number of newline separated paragraphs.
    [TestCase("\n")]
    [TestCase("\r\n")]
    [TestCase("\r")]
    public void A_body_has_any_number_of_paragraphs(string end)
    {
        var message = ConventionalParser.Parse("fix: x\n\none\n\ntwo\nlines\n\nRefs: #1".Replace("\n", end, StringComparison.Ordinal));

        Assert.That(message.Body, Is.EqualTo("one\n\ntwo\nlines"));
        Assert.That(message.Footers, Is.EqualTo(new[] { new Footer("Refs", "#1") }));
    }

    // 8. Each footer MUST consist of a word token, followed by either a :<space> or <space># separator, followed by a string value.
    // 9. A footer's token MUST use - in place of whitespace characters. 10. A footer's value MAY contain spaces and newlines.
    [Test]
    public void Footers_have_a_token_and_a_value()
    {
        var message = ConventionalParser.Parse("fix: x\n\nbody\n\nReviewed-by: Ada\nCloses #12\nNote: first\n  second");

        Assert.That(
            message.Footers,
            Is.EqualTo(new[] { new Footer("Reviewed-by", "Ada"), new Footer("Closes", "#12"), new Footer("Note", "first\nsecond") })
        );
    }

    // 11. Breaking changes MUST be indicated in the type/scope prefix of a commit, or as an entry in the footer.
    // 12. As a footer it MUST consist of the uppercase text BREAKING CHANGE, followed by a colon, space, and description.
    // 13. With ! BREAKING CHANGE: MAY be omitted. 16. BREAKING-CHANGE MUST be synonymous with BREAKING CHANGE.
    [TestCase("chore!: x")]
    [TestCase("fix: x\n\nBREAKING CHANGE: the API moved")]
    [TestCase("fix: x\n\nBREAKING-CHANGE: the API moved")]
    [TestCase("fix: x\r\n\r\nBREAKING CHANGE: the API moved\r\n")]
    [TestCase("no convention\n\nbody\n\nBREAKING CHANGE: the API moved\n\nmore")]
    [TestCase("fix: x\n\n* BREAKING CHANGE: the API moved")]
    [TestCase("fix: x\n\n  - Breaking change: the API moved")]
    [TestCase("fix: x\n\nBREAKING CHANGE:\nthe API moved")]
    [TestCase("no convention\n\n*** BREAKING CHANGE ***\nthe API moved")]
    public void What_breaks_is_a_major_change(string message) => Assert.That(BumpOf(message), Is.EqualTo("major"));

    [TestCase("fix: x\n\nThis is no\nbreaking change we provided a warning")]
    [TestCase("fix: x\n\n> BREAKING CHANGE: quoted")]
    [TestCase("fix: x\n\n`BREAKING CHANGE: code`")]
    [TestCase("fix: x\n\n```\nBREAKING CHANGE: code\n```")]
    [TestCase("fix: x\n\nBREAKING CHANGES are listed elsewhere")]
    [TestCase("fix: update a dependency\n\n## BREAKING CHANGES\n\n- its own")]
    [TestCase("fix: x\n\nwe say what a\nBREAKING CHANGE\nis")]
    public void Prose_quotes_and_code_break_nothing(string message) => Assert.That(BumpOf(message), Is.EqualTo("patch"));

    [TestCase("fix: x\n\nBREAKING CHANGE: the API moved", "major")]
    [TestCase("fix: x\n\nbreaking change: the API moved", "patch")]
    [TestCase("fix: x\n\n* BREAKING CHANGE: the API moved", "patch")]
    public void The_letter_of_the_specification_can_be_had(string message, string bump) =>
        Assert.That(BumpOf(message, new VersioningSettings { StrictBreakingFooter = true }), Is.EqualTo(bump));

    // 15. The units of information that make up Conventional Commits MUST NOT be treated as case sensitive by implementors.
    [TestCase("FEAT: x", "minor")]
    [TestCase("Fix: x", "patch")]
    public void Case_does_not_matter(string message, string bump) => Assert.That(BumpOf(message), Is.EqualTo(bump));

    [TestCase("Gift cards (#12)\n\n* feat: gift cards\n* fix: typo", "minor")]
    [TestCase("Gift cards (#12)\n\n* wip\n* fix!: another API", "major")]
    [TestCase("fix: gift cards (#12)\n\n* feat: helper\n* fix: typo", "patch")]
    public void The_commits_that_a_squashed_body_lists_count_where_its_header_says_nothing(string message, string bump) =>
        Assert.That(BumpOf(message), Is.EqualTo(bump));

    [Test]
    public void A_breaking_note_goes_on_to_the_next_footer()
    {
        var message = ConventionalParser.Parse("feat: x\n\nBREAKING CHANGE: the API moved\n\nBefore:\n  a\nAfter:\n  b\n\nCloses #1");

        Assert.That(message.BreakingNotes, Is.EqualTo(new[] { "the API moved\n\nBefore:\n  a\nAfter:\n  b" }));
    }

    [Test]
    public void What_is_printed_reads_as_what_it_was()
    {
        var word = Gen.Elements("feat", "fix", "x", "a-b", "r2_d2");
        var scope = Gen.Elements<string?>(null, "cart", "a/b", "core api", "x(y)");
        var text = Gen.Elements("gift cards", "a: b", "(c)", "d!: e", "ünïcode 🚀", "\"quoted\"");
        var headers =
            from type in word
            from inside in scope
            from bang in Gen.Elements(true, false)
            from description in text
            select new ConventionalMessage
            {
                Type = type,
                Scope = inside,
                Bang = bang,
                Description = description,
            };

        Prop.ForAll(
                headers.ToArbitrary(),
                header =>
                {
                    var read = ConventionalParser.Parse(header.ToString());
                    return (read.Type, read.Scope, read.Bang, read.Description)
                        == (header.Type, header.Scope, header.Bang, header.Description);
                }
            )
            .QuickCheckThrowOnFailure();
    }

    [Test]
    public void No_message_is_too_strange() =>
        Prop.ForAll(
                ArbMap.Default.ArbFor<string?>(),
                text => ConventionalParser.Parse((text ?? "") + "\n\nBREAKING CHANGE: " + text + "\0\u001b[2J").Header is not null
            )
            .QuickCheckThrowOnFailure();

    [Test]
    public void A_body_of_ten_megabytes_is_read_in_one_pass()
    {
        var message = ConventionalParser.Parse(
            "fix(" + new string('(', 100_000) + "\n\n" + new string('a', 10_000_000) + "\n\n" + new string('\n', 1000)
        );

        Assert.That(message.Follows, Is.False);
    }

    static string BumpOf(string message, VersioningSettings? settings = null) =>
        BumpTable
            .Of(
                ConventionalParser.Parse(message, settings?.StrictBreakingFooter ?? false),
                settings?.Bumps ?? new Dictionary<string, string>()
            )
            .Word();
}
