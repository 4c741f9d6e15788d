using System.Text.Json.Nodes;
using ReleaseRecipes.Ledger;
using ReleaseRecipes.Output;

namespace ReleaseRecipes.Notifications;

/// <summary>
/// Tells news through every channel, each once. What cannot be told is a warning and never fails a release; it is told when the same
/// news comes again.
/// </summary>
/// <param name="ledger">Where it is recorded who was told what.</param>
/// <param name="notifiers">The channels.</param>
/// <param name="warn">Where a warning goes.</param>
public sealed class Outbox(ReleaseLedger ledger, IReadOnlyList<INotifier> notifiers, Action<string> warn)
{
    /// <summary>Tells one piece of news of one release.</summary>
    public async Task TellAsync(string release, ReleaseNews news, CancellationToken cancel = default)
    {
        var channels = notifiers.Where(notifier => notifier.Wants(news)).ToList();
        if (channels.Count == 0)
        {
            return;
        }

        try
        {
            await TellAsync(release, news, channels, cancel);
        }
        catch (Exception problem) when (!cancel.IsCancellationRequested)
        {
            warn($"Nobody could be told that {news.Headline}: {problem.Message}");
        }
    }

    async Task TellAsync(string release, ReleaseNews news, List<INotifier> channels, CancellationToken cancel)
    {
        if (await AnnouncedAsync(release, news, channels, cancel) is not { Count: > 0 } due)
        {
            return;
        }

        var outcomes = await Task.WhenAll(due.Select(channel => OutcomeAsync(release, channel, news, cancel)));
        await ledger.AppendAsync(_ => [.. outcomes.OfType<NewEvent>()], cancel);
    }

    /// <summary>The channels that are to be told, recorded as such unless another releaser wrote meanwhile: it may have told them by then.</summary>
    async Task<List<INotifier>> AnnouncedAsync(string release, ReleaseNews news, List<INotifier> channels, CancellationToken cancel)
    {
        while (true)
        {
            var read = await ledger.HeadAsync(cancel);
            var past = await ledger.ReadAsync(release, cancel);
            var due = new List<INotifier>();
            foreach (var channel in channels)
            {
                if (await IsDueAsync(channel, news, past, cancel))
                {
                    due.Add(channel);
                }
            }

            var intents = due.Select(channel => new NewEvent(release, EventKinds.Intent, Data(channel, news, "effect", "notification")));
            if (due.Count == 0 || (await ledger.AppendAsync(head => head.Hash == read.Hash ? [.. intents] : [], cancel)).Count > 0)
            {
                return due;
            }
        }
    }

    async Task<bool> IsDueAsync(INotifier channel, ReleaseNews news, IReadOnlyList<LedgerEvent> past, CancellationToken cancel)
    {
        var key = Key(channel, news);
        var last = past.LastOrDefault(fact =>
            fact.Data["key"] is JsonValue value && value.TryGetValue<string>(out var text) && text == key
        );
        if (last?.Kind != EventKinds.Intent)
        {
            return last?.Kind != EventKinds.Notified;
        }

        // An attempt whose end nobody knows: rather once too few than twice.
        var presence = await channel.WasToldAsync(news, cancel);
        if (presence == Presence.Unknown)
        {
            warn($"{channel.Name} may not have been told that {news.Headline}: the attempt before was cut off.");
        }

        return presence == Presence.Absent;
    }

    /// <summary>What came of it; null where that cannot be known.</summary>
    async Task<NewEvent?> OutcomeAsync(string release, INotifier channel, ReleaseNews news, CancellationToken cancel)
    {
        try
        {
            await channel.TellAsync(news, cancel);
            return new NewEvent(release, EventKinds.Notified, Data(channel, news));
        }
        catch (ReleaseException problem)
        {
            warn(
                $"{channel.Name} could not be told that {news.Headline}: {string.Join(" ", new[] { problem.What, problem.Todo }.OfType<string>())}"
            );
            return new NewEvent(release, EventKinds.Failure, Data(channel, news, "problem", PlainText.Line(problem.What)));
        }
        catch (Exception problem) when (!cancel.IsCancellationRequested)
        {
            warn($"{channel.Name} may not have been told that {news.Headline}: {problem.Message}");
            return null;
        }
    }

    static JsonObject Data(INotifier channel, ReleaseNews news, string? name = null, string? value = null)
    {
        var data = new JsonObject { ["key"] = Key(channel, news), ["channel"] = channel.Name };
        if (name is not null)
        {
            data[name] = value;
        }

        return data;
    }

    static string Key(INotifier channel, ReleaseNews news) => $"notify/{channel.Name}/{news.Key}";
}
