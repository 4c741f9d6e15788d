namespace ReleaseRecipes.Approvals;

/// <summary>Somebody who approves, as git (<c>Ada Lovelace &lt;ada@example.com&gt;</c>) or a signature (<c>ada@example.com</c>) names them.</summary>
/// <param name="Name">Their name; empty where only an address is known.</param>
/// <param name="Email">Their address; empty where only a name is known.</param>
public sealed record Person(string Name, string Email)
{
    const string GitHubAddress = "@users.noreply.github.com";

    /// <summary>Reads either form.</summary>
    public static Person Parse(string text)
    {
        var open = text.LastIndexOf('<');
        var close = text.LastIndexOf('>');
        return open >= 0 && close > open ? new Person(text[..open].Trim(), text[(open + 1)..close].Trim())
            : text.Contains('@', StringComparison.Ordinal) ? new Person("", text.Trim())
            : new Person(text.Trim(), "");
    }

    /// <summary>
    /// Whether both are one person: by one name, one address, one login, or the login of the one that the other has as a name. In doubt they
    /// are, for one person must never count as two.
    /// </summary>
    public bool IsSame(Person other) =>
        Equal(Name, other.Name)
        || Equal(Email, other.Email)
        || Equal(Login, other.Login)
        || Equal(Name, other.Login)
        || Equal(Login, other.Name);

    /// <summary>The same, and two addresses that one entry of <paramref name="approvers"/> means are one person, too.</summary>
    public bool IsSame(Person other, IReadOnlyList<string> approvers) => IsSame(other) || approvers.Any(name => Is(name) && other.Is(name));

    /// <summary>Each person once.</summary>
    public static IReadOnlyList<Person> Distinct(IEnumerable<Person> people, IReadOnlyList<string> approvers) =>
        people.Aggregate(
            new List<Person>(),
            (found, person) => found.Any(other => other.IsSame(person, approvers)) ? found : [.. found, person]
        );

    /// <summary>Whether it is a program's account.</summary>
    public bool IsBot => IsBotName(Name) || IsBotName(Login);

    /// <summary>Whether an entry of <c>approvers</c> means this person: by name, by address, or by the part of the address before the @.</summary>
    public bool Is(string approver) =>
        Equal(Name, approver.Trim()) || Equal(Email, approver.Trim().Trim('<', '>')) || Equal(Login, approver.Trim().TrimStart('@'));

    /// <summary>As a reader would call them.</summary>
    public override string ToString() =>
        Name.Length == 0 ? Email
        : Email.Length == 0 ? Name
        : $"{Name} <{Email}>";

    /// <summary>GitHub's private addresses are <c>12345+login@users.noreply.github.com</c>.</summary>
    string Login
    {
        get
        {
            var local = Email.Split('@')[0];
            return Email.EndsWith(GitHubAddress, StringComparison.OrdinalIgnoreCase) ? local.Split('+')[^1]
                : Email.Length == 0 && !Name.Contains(' ', StringComparison.Ordinal) ? Name
                : local;
        }
    }

    static bool IsBotName(string name) => name.EndsWith("[bot]", StringComparison.OrdinalIgnoreCase);

    static bool Equal(string one, string other) => one.Length > 0 && string.Equals(one, other, StringComparison.OrdinalIgnoreCase);
}
