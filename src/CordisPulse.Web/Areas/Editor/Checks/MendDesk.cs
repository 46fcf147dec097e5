using CordisPulse.Core;
using CordisPulse.Core.Editions;
using CordisPulse.Web.Areas.Editor.History;

namespace CordisPulse.Web.Areas.Editor.Checks;

/// <summary>Saves what was filled into the list of findings, each field by itself, and knows what became of each.</summary>
public sealed class MendDesk(EditionComposer composer)
{
    /// <param name="month">The edition.</param>
    /// <param name="typed">Every field of the page, in its order.</param>
    /// <param name="only">Key of the one to save; null to save each that was filled in.</param>
    /// <param name="byId">Who saves.</param>
    /// <param name="cancellationToken">Ends the saving.</param>
    public async Task<MendOutcome> SaveAsync(EditionMonth month, IReadOnlyList<TypedMend> typed, string? only, int byId, CancellationToken cancellationToken)
    {
        var outcome = new MendOutcome { Month = month, Typed = typed };
        // Of several links with the same words the last is filled first, so that the places of the others stay true.
        foreach (var mend in typed.Where(mend => only is null ? mend.IsTyped : mend.Stand.Key == only).OrderByDescending(mend => mend.Stand.Placeholder?.At ?? -1))
        {
            if (mend.Problem is { } problem)
            {
                outcome.Errors[mend.Stand.Key] = problem;
                continue;
            }

            try
            {
                outcome.Saved.Add(new SavedMend(mend, await composer.MendAsync(mend.ToMend(month, outcome.VersionFor(mend.Stand), byId), cancellationToken)));
            }
            catch (TextConflictException<string> e)
            {
                outcome.Conflicts[mend.Stand.Key] = e.Stored;
            }
            catch (RefusedException e)
            {
                outcome.Errors[mend.Stand.Key] = e.Message;
            }
        }

        return outcome;
    }
}

public sealed record SavedMend(TypedMend Mend, MendedText Text);

public enum MendStatus
{
    Saved,
    Refused,
    Conflict,
}

/// <summary>What became of the fields of the list of findings.</summary>
public sealed record MendOutcome
{
    /// <summary>More than these are seldom mended at once by one save.</summary>
    private const int NextFields = 6;

    public required EditionMonth Month { get; init; }

    public required IReadOnlyList<TypedMend> Typed { get; init; }

    public List<SavedMend> Saved { get; } = [];

    /// <summary>Why a field was not saved, by its key.</summary>
    public Dictionary<string, string> Errors { get; } = [];

    /// <summary>What a colleague saved in between, by the field's key.</summary>
    public Dictionary<string, StoredText<string>> Conflicts { get; } = [];

    /// <summary>What was filled in and is not saved, in the order of the page.</summary>
    public IEnumerable<TypedMend> Unsaved
        => Typed.Where(mend => Saved.All(saved => saved.Mend != mend) && (mend.IsTyped || Errors.ContainsKey(mend.Stand.Key) || Conflicts.ContainsKey(mend.Stand.Key)));

    /// <summary>Something was saved, and no words wait.</summary>
    public bool IsDone => Saved.Count > 0 && !Unsaved.Any();

    /// <summary>What was saved, in a sentence or two; null when nothing was.</summary>
    public string? Words
    {
        get
        {
            if (Saved.Count == 0)
                return null;
            var what = Saved is [var one] ? $"{NameOf(one)} is saved." : $"{Saved.Count} fields are saved.";
            var why = Undo is null ? " This can’t be undone: nothing is known of what stood there before." : "";
            return string.Join(' ', Saved.Select(saved => saved.Text.NewSource).OfType<string>().Distinct().Select(name => $"“{name}” is a new source.").Prepend(what)) + why;
        }
    }

    /// <summary>Address to post to for undoing all of it; null when nothing is known of how one of the fields was.</summary>
    public string? Undo => Saved.TrueForAll(saved => saved.Text.Undo is not null) ? UndoAddress.Of(Month, UndoPage.Checks, [.. Saved.Select(saved => saved.Text.Undo)]) : null;

    public MendStatus Status => Conflicts.Count > 0 ? MendStatus.Conflict : Errors.Count > 0 || Saved.Count == 0 ? MendStatus.Refused : MendStatus.Saved;

    /// <summary>The page with the next field in focus.</summary>
    public string Address => $"/editor/editions/{Month}/checks{QueryString.Create(Next.Select(key => KeyValuePair.Create("focus", (string?)key)))}";

    /// <summary>Keys of the fields to go to, the likeliest first.</summary>
    public IEnumerable<string> Next
    {
        get
        {
            if (Errors.Keys.Concat(Conflicts.Keys).ToList() is { Count: > 0 } wrong)
                return wrong;
            var last = Saved.Count == 0 ? null : Saved[^1].Mend.Stand;
            // Whoever pastes one link after the other is led to the next link that is missing, and not to a title that stands between.
            var after = Typed.SkipWhile(mend => mend.Stand != last).Skip(1)
                .OrderByDescending(mend => mend.Stand.IsLink == last?.IsLink && mend.Stand.IsBegunEmpty == last?.IsBegunEmpty)
                .Take(NextFields).Select(mend => mend.Stand.Key);
            // Of links with the same words, the one behind has moved up into the place of the one that is filled.
            return last?.Placeholder is null ? after : after.Prepend(last.Key);
        }
    }

    /// <summary>The version that a field goes on from: our own save of another field of the same text is no colleague's.</summary>
    public int VersionFor(MendStand stand)
        => Saved.LastOrDefault(saved => saved.Text.IsInStep && saved.Mend.Stand.Place == stand.Place && saved.Mend.Stand.Id == stand.Id && !IsSameField(saved.Mend.Stand, stand))
            ?.Text.Version ?? stand.Version;

    private static bool IsSameField(MendStand one, MendStand other) => one.Field == other.Field && (one.IsText || other.IsText);

    private static string NameOf(SavedMend saved)
    {
        var stand = saved.Mend.Stand;
        var what = stand.Placeholder is { } link ? $"The link of “{link.Words}”" : stand.Replaces is not null ? "The link" : FieldNames.Of(stand.Place, stand.Field);
        return string.IsNullOrEmpty(saved.Text.Title) ? what : $"{what}, in “{saved.Text.Title}”,";
    }
}
