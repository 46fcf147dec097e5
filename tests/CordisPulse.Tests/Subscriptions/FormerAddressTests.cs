using CordisPulse.Core.Mail.Returns;
using CordisPulse.Core.Subscriptions;
using CordisPulse.Tests.Commands;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace CordisPulse.Tests.Subscriptions;

/// <summary>People have had other addresses, and addresses are written in several ways. Whoever has left has left with all of them.</summary>
public sealed class FormerAddressTests(PulseApp app) : IClassFixture<PulseApp>
{
    [Fact]
    public async Task Whoever_moved_and_left_is_not_brought_back_by_their_former_address()
    {
        var (left, erased, stays) = (await AddAsync("left.old@former.example"), await AddAsync("erased.old@former.example"), await AddAsync("stays.old@former.example"));
        await MoveAsync(left, "left.new@former.example");
        await MoveAsync(erased, "erased.new@former.example");
        await MoveAsync(stays, "stays.new@former.example");
        await LeaveAsync(left);
        await EraseAsync(erased);

        Assert.Equal("0 added, 0 already there, 5 suppressed, 0 rejected", await ImportAsync("left.old@former.example", "Left.New@former.example", "erased.old@former.example", "erased.new@former.example", "stays.old@former.example"));

        // A slip in an address is mended by its owner's row alone.
        var stranger = await AddAsync("stranger@former.example");
        await Assert.ThrowsAsync<Core.FieldRefusedException>(() => MoveAsync(stranger, "stays.old@former.example"));
        await MoveAsync(stays, "stays.old@former.example");
        Assert.Equal("1 added, 0 already there, 0 suppressed, 0 rejected", await ImportAsync("another@former.example"));
        Assert.Equal("0 added, 1 already there, 1 suppressed, 0 rejected", await ImportAsync("stays.old@former.example", "stays.new@former.example"));
    }

    [Fact]
    public async Task Whoever_was_merged_has_left_with_both_addresses_and_is_erased_with_both_rows()
    {
        var (kept, gone) = (await AddAsync("kept@merged.example"), await AddAsync("gone@merged.example"));
        await LeaveAsync(kept);
        await MergeAsync(kept, gone);
        Assert.Equal("0 added, 0 already there, 2 suppressed, 0 rejected", await ImportAsync("kept@merged.example", "gone@merged.example"));

        var (one, other) = (await AddAsync("one@merged.example"), await AddAsync("other@merged.example", "Janet Marker rang on Monday"));
        var mailing = await app.QueryAsync(db => db.Subscribers.Where(row => row.Id == other).Select(row => row.UnsubscribeToken).SingleAsync());
        await MergeAsync(one, other);
        await EraseAsync(one);

        Assert.Equal("0 added, 0 already there, 2 suppressed, 0 rejected", await ImportAsync("one@merged.example", "other@merged.example"));
        Assert.DoesNotContain(await app.QueryAsync(db => db.ConsentRecords.Where(row => row.SubscriberId == other).Select(row => row.Note).ToListAsync()), note => note.Contains("Janet", StringComparison.Ordinal));
        Assert.False(await app.QueryAsync(db => db.ConsentBases.AnyAsync(row => row.ObtainedFrom.Contains("Janet"))));
        Assert.False(await app.QueryAsync(db => db.Subscribers.AnyAsync(row => row.UnsubscribeToken == mailing)));
        Assert.False(await app.QueryAsync(db => db.Suppressions.AnyAsync(row => row.NormalizedEmail == "other@merged.example")));
    }

    [Fact]
    public async Task What_somebody_wrote_from_a_former_address_is_erased_with_them_and_what_others_wrote_is_not()
    {
        var id = await AddAsync("writer.old@replies.example");
        await MoveAsync(id, "writer.new@replies.example");
        await app.QueryAsync(db =>
        {
            foreach (var who in "writer.old writer.new stranger".Split(' '))
            {
                var from = $"{who}@replies.example";
                db.Add(new PersonReply
                {
                    Report = new ReturnReport { Kind = ReturnKind.Reply, ReceivedUtc = DateTime.UtcNow, TakenUtc = DateTime.UtcNow, Source = from, Content = from },
                    From = from,
                    Subject = $"Words of {from}",
                    ReceivedUtc = DateTime.UtcNow,
                });
            }

            return db.SaveChangesAsync();
        });

        await EraseAsync(id);

        Assert.Equal([null, null, "Words of stranger@replies.example"], await app.QueryAsync(db => db.PersonReplies.OrderBy(row => row.Id).Select(row => row.Subject).ToListAsync()));
        Assert.Equal([null, null, "stranger@replies.example"], await app.QueryAsync(db => db.PersonReplies.OrderBy(row => row.Id).Select(row => row.From).ToListAsync()));
    }

    [Fact]
    public async Task Quotes_that_say_nothing_make_no_other_address()
    {
        await LeaveAsync(await AddAsync("jane@quoted.example"));
        await AddAsync("\"odd name\"@quoted.example");

        Assert.Equal("0 added, 1 already there, 3 suppressed, 0 rejected", await ImportAsync(
            "\"\"\"jane\"\"@quoted.example\"", "\"\"\"j\\ane\"\"@quoted.example\"", "\"\"\"JANE\"\"@quoted.example\"", "\"\"\"odd\\ name\"\"@quoted.example\""));
    }

    [Fact]
    public async Task A_link_ends_with_the_address_that_it_was_mailed_to()
    {
        using var visitor = app.Visit();
        await visitor.SubmitAsync(await visitor.GetAsync("/subscribe"), new() { ["Email"] = "asks@links.example" });
        await app.SettledAsync();
        var link = (await app.MailToAsync("asks@links.example", "Confirm")).TextBody!.Split('\n').First(line => line.StartsWith("http", StringComparison.Ordinal)).Trim();
        var id = await app.QueryAsync(db => db.Subscribers.Where(row => row.NormalizedEmail == "asks@links.example").Select(row => row.Id).SingleAsync());

        await MoveAsync(id, "somebody.else@links.example");
        var page = await visitor.GetAsync(new Uri(link).AbsolutePath);

        Assert.Null(page.Document.QuerySelector("main form button"));
        Assert.Equal(SubscriberStatus.Pending, await app.QueryAsync(db => db.Subscribers.Where(row => row.Id == id).Select(row => row.Status).SingleAsync()));
    }

    [Fact]
    public async Task Whoever_confirms_what_staff_were_faster_with_has_agreed_themselves()
    {
        using var visitor = app.Visit();
        await visitor.SubmitAsync(await visitor.GetAsync("/subscribe"), new() { ["Email"] = "faster@own.example", ["Name"] = "Own Name" });
        await app.SettledAsync();
        var mail = await app.MailToAsync("faster@own.example", "Confirm");
        // Whoever typed the address may be somebody else, who would have us write words of theirs into its inbox.
        Assert.Equal("faster@own.example", mail.To.ToString());
        var link = mail.TextBody!.Split('\n').First(line => line.StartsWith("http", StringComparison.Ordinal)).Trim();
        Assert.StartsWith("1 added", await ImportAsync("faster@own.example"), StringComparison.Ordinal);

        await visitor.SubmitAsync(await visitor.GetAsync(new Uri(link).AbsolutePath));

        var person = await app.QueryAsync(db => db.Subscribers.Include(row => row.Consent).SingleAsync(row => row.NormalizedEmail == "faster@own.example"));
        Assert.Equal([ConsentEvent.Requested, ConsentEvent.Imported, ConsentEvent.Confirmed], person.Consent.OrderBy(record => record.Id).Select(record => record.Event));
        Assert.Equal((null, null, "Own Name"), (person.BasisId, person.NoticeBasisId, person.Name));
        Assert.NotNull(person.ConfirmedUtc);
    }

    private async Task<int> AddAsync(string address, string from = "A list they signed")
    {
        Assert.StartsWith("1 added", await ImportAsync([address.Contains('"', StringComparison.Ordinal) ? $"\"{address.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : address], from), StringComparison.Ordinal);
        Assert.True(EmailAddress.TryParse(address, out var parsed, out _));
        return await app.QueryAsync(db => db.Subscribers.Where(row => row.NormalizedEmail == parsed.Normalized).Select(row => row.Id).SingleAsync());
    }

    private Task<string> ImportAsync(params string[] lines) => ImportAsync(lines, "A list they signed");

    /// <returns>The line that says what became of it.</returns>
    private async Task<string> ImportAsync(string[] lines, string from)
    {
        var file = Path.Combine(app.Directory, $"{Guid.NewGuid():N}.csv");
        await File.WriteAllLinesAsync(file, ["email", .. lines]);
        var result = await PulseCommand.RunAsync(app, "subscriber", "import", file, "--consent", from);
        Assert.Equal("", result.Error);
        return result.Output.Split('\n')[0].Trim();
    }

    private Task<bool> MoveAsync(int id, string address) => EditorAsync(editor =>
    {
        Assert.True(EmailAddress.TryParse(address, out var to, out _));
        return editor.EditAsync(new EditSubscriber { SubscriberId = id, Address = to, SectorIds = [], Note = "By telephone", AccountId = 1 });
    });

    private Task<bool> MergeAsync(int kept, int gone) => app.InScopeAsync(async services =>
    {
        await services.GetRequiredService<SubscriberMerger>().MergeAsync(new MergeSubscribers { KeptId = kept, GoneId = gone, AccountId = 1 });
        return true;
    });

    private Task<bool> EditorAsync(Func<SubscriberEditor, Task> act) => app.InScopeAsync(async services =>
    {
        await act(services.GetRequiredService<SubscriberEditor>());
        return true;
    });

    private Task<bool> EraseAsync(int id) => app.InScopeAsync(services => services.GetRequiredService<PersonErasure>().EraseAsync(new ErasePerson { SubscriberId = id, Way = Ways.Desk }));

    private async Task LeaveAsync(int id)
    {
        var token = await app.QueryAsync(db => db.Subscribers.Where(row => row.Id == id).Select(row => row.UnsubscribeToken).SingleAsync());
        using var visitor = app.Visit();
        using var oneClick = new FormUrlEncodedContent([new("List-Unsubscribe", "One-Click")]);
        using var answer = await visitor.Http.PostAsync($"/unsubscribe/{token}", oneClick);
        answer.EnsureSuccessStatusCode();
    }
}
