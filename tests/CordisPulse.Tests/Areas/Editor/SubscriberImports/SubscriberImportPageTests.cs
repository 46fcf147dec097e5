using System.Net;
using System.Text;
using CordisPulse.Core.Accounts;
using CordisPulse.Core.Data;
using CordisPulse.Core.Subscriptions;
using CordisPulse.Core.Subscriptions.Lists;
using CordisPulse.Tests.Builders;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace CordisPulse.Tests.Areas.Editor.SubscriberImports;

public sealed class SubscriberImportPageTests(PulseApp app) : IClassFixture<PulseApp>
{
    [Fact]
    public async Task A_list_is_looked_at_read_otherwise_imported_with_its_ground_and_reported_line_by_line()
    {
        using var publisher = await app.SignInAsync(Roles.Publisher);
        var file = Utf8("Who;Where;Contact\nAnn Report;Report House;ann@report.example\nNobody;;none\nBob;Report House;bob@gmial.com\nAnn again;;ANN@report.example\n");

        var preview = await publisher.UploadAsync(app, file, "stand.csv");
        Assert.Equal(("2", "1", "0", "1"), preview.Counts());
        Assert.Equal(["", "", "E-mail address"], preview.Texts("#list select[name^=Columns] option[selected]").Select(text => text == "Left out" ? "" : text));
        var twice = await publisher.SubmitAsync(preview, new() { ["Columns[0]"] = nameof(ColumnUse.Email) }, "#list", "#read");
        Assert.Equal(HttpStatusCode.BadRequest, twice.Status);
        Assert.Contains("Choose the one column", twice.One("#list #Columns-error").TextContent, StringComparison.Ordinal);
        Assert.NotNull(twice.Document.QuerySelector(twice.One(".error-summary a").GetAttribute("href")!));
        var changed = await publisher.SubmitAsync(
            twice, new() { ["Columns[0]"] = nameof(ColumnUse.Name), ["Columns[1]"] = nameof(ColumnUse.Organisation), ["Mended"] = "gmial.com" }, "#list", "#read");
        var read = await publisher.SettledAsync(await publisher.FollowAsync(changed));
        Assert.Equal(["ann@report.example", "Ann Report", "Report House"], read.Texts("#first tbody tr:first-child td"));
        Assert.Contains("bob@gmail.com", read.Texts("#first td"));

        Assert.Null(read.Document.QuerySelector("[name=Ground][checked]"));
        var groundless = await publisher.SubmitAsync(read, new() { ["ObtainedFrom"] = "Cards at our stand" }, "#list", "#confirm");
        Assert.Equal(HttpStatusCode.BadRequest, groundless.Status);
        Assert.Contains("Choose on what ground", groundless.One("#Ground-error").TextContent, StringComparison.Ordinal);
        Assert.Equal("Cards at our stand", groundless.One("#ObtainedFrom").TextContent.Trim());
        var unfounded = await publisher.ConfirmAsync(groundless, " ");
        Assert.Equal(HttpStatusCode.BadRequest, unfounded.Status);
        Assert.Contains("Say where the address is from", unfounded.One("#ObtainedFrom-error").TextContent, StringComparison.Ordinal);
        var report = await publisher.ConfirmAsync(
            unfounded, "Cards at our stand", new() { ["Ground"] = nameof(ConsentGround.LegitimateInterests), ["Assessment"] = "LIA 7", ["ObtainedOn"] = "2022-03-01", ["Told"] = "We write monthly" });

        Assert.Equal(("2", "1", "0", "1"), report.Counts());
        Assert.Equal(["2", "3", "4", "5"], report.Texts("#lines tbody th"));
        Assert.Equal(["Added", "Rejected", "Added", "Already there"], report.Texts("#lines td[data-label^='What became']"));
        Assert.Equal("Twice in this file: line 2 has this address too, and was added.", report.Texts("#lines td[data-label=Why]").Last());
        Assert.Equal("Line", report.One("#lines tbody th").GetAttribute("data-label"));
        Assert.StartsWith("What the rejected line says is kept for whoever mends it", report.One("#kept").TextContent, StringComparison.Ordinal);
        Assert.Contains("LIA 7", report.One("#basis").TextContent, StringComparison.Ordinal);
        var rejected = await publisher.SubmitAsync(report, new() { ["outcome"] = nameof(ListLineOutcome.Rejected) }, "#find");
        Assert.Equal(["3"], rejected.Texts("#lines tbody th"));
        Assert.DoesNotContain("@report.example", report.Html, StringComparison.OrdinalIgnoreCase);
        var csv = await publisher.Http.GetStringAsync($"{report.Path}/lines.csv");
        Assert.Contains("3,Rejected,This is not an e-mail address", csv, StringComparison.Ordinal);
        var listed = (await publisher.GetAsync(ListPage.Root)).One("#imports tbody tr").TextContent;
        Assert.Contains("stand.csv", listed, StringComparison.Ordinal);
        Assert.Contains("2 added, 1 already there, 0 suppressed, 1 rejected", listed, StringComparison.Ordinal);

        var ann = await app.QueryAsync(db => db.Subscribers.Where(row => row.NormalizedEmail == "ann@report.example")
            .Select(row => new { row.Name, row.Organisation, row.Basis!.Ground, row.Basis.Assessment, row.Basis.Told }).SingleAsync());
        Assert.Equal(("Ann Report", "Report House", ConsentGround.LegitimateInterests, "LIA 7", "We write monthly"), (ann.Name, ann.Organisation, ann.Ground, ann.Assessment, ann.Told));
        Assert.Equal(0, await app.QueryAsync(db => db.ListImportParts.CountAsync(part => db.ListImports.Any(row => row.Id == part.ImportId && row.State == ListImportState.Done))));
        Assert.DoesNotContain("@report.example", app.Log, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("stand.csv", app.Log, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task A_line_that_stands_twice_in_a_file_names_the_other_however_far_it_is()
    {
        using var publisher = await app.SignInAsync(Roles.Publisher);
        await publisher.ConfirmAsync(await publisher.UploadAsync(app, Utf8("email\nbefore@twice.example\n")));
        // More than one batch of the import.
        var many = string.Concat(Enumerable.Range(1, 300).Select(i => $"p{i}@twice.example\n"));
        var report = await publisher.ConfirmAsync(await publisher.UploadAsync(app, Utf8($"email\n{many}P7@TWICE.example\np7@twice.example\nbefore@twice.example\nbefore@twice.example\n")));

        var there = await publisher.SubmitAsync(report, new() { ["outcome"] = nameof(ListLineOutcome.AlreadyThere) }, "#find");

        Assert.Equal(["302", "303", "304", "305"], there.Texts("#lines tbody th"));
        // Whoever was on the list before is there whatever this file says.
        Assert.Equal([.. Enumerable.Repeat("Twice in this file: line 8 has this address too, and was added.", 2), "", ""], there.Texts("#lines td[data-label=Why]"));
    }

    [Fact]
    public async Task Reading_the_file_otherwise_keeps_what_was_typed_complete_or_not()
    {
        using var publisher = await app.SignInAsync(Roles.Publisher);
        var preview = await publisher.UploadAsync(app, Utf8("email,x\nann@typed.example,Ann\n"));
        var typed = new Dictionary<string, string?>
        {
            ["Columns[1]"] = nameof(ColumnUse.Name),
            ["Ground"] = nameof(ConsentGround.SoftOptIn),
            ["ObtainedOn"] = "2022-03-01",
            ["Told"] = "We write monthly.\nYou can leave at any time.",
        };

        var read = await publisher.ReadAsync(preview, typed);

        Assert.Equal(["ann@typed.example", "Ann", ""], read.Texts("#first td"));
        AssertTyped(read);
        Assert.Null(read.Document.QuerySelector("#read-anew"));
        // It is there for whoever comes back to the page, and survives a reading that leads nowhere.
        AssertTyped(await publisher.GetAsync(read.Path));
        var unreadable = await publisher.SubmitAsync(read, new() { ["Columns[0]"] = nameof(ColumnUse.LeftOut), ["Assessment"] = "LIA 9" }, "#list", "#read");
        Assert.Equal(HttpStatusCode.BadRequest, unreadable.Status);
        AssertTyped(unreadable);
        Assert.Equal("LIA 9", unreadable.One("#Assessment").GetAttribute("value"));

        static void AssertTyped(WebPage page)
        {
            Assert.Equal(nameof(ConsentGround.SoftOptIn), page.One("[name=Ground][checked]").GetAttribute("value"));
            Assert.Equal("2022-03-01", page.One("#ObtainedOn").GetAttribute("value"));
            Assert.Equal("We write monthly.\nYou can leave at any time.", page.One("#Told").TextContent.Trim().ReplaceLineEndings("\n"));
        }
    }

    [Fact]
    public async Task What_was_chosen_and_not_looked_at_is_shown_first_and_then_imported_as_it_was_shown()
    {
        using var publisher = await app.SignInAsync(Roles.Publisher);
        var preview = await publisher.UploadAsync(app, Utf8("email,x,y\nann@unseen.example,Unseen House,Ann\nbobby@gmial.com,,\n"));
        var chosen = new Dictionary<string, string?>
        {
            ["Columns[1]"] = nameof(ColumnUse.Organisation),
            ["Columns[2]"] = nameof(ColumnUse.Name),
            ["Mended"] = "gmial.com",
            ["Ground"] = nameof(ConsentGround.Consent),
            ["ObtainedFrom"] = "Cards at our stand",
        };

        var answer = await publisher.SubmitAsync(preview, chosen, "#list", "#confirm");

        Assert.Equal("#read-anew", new Uri(publisher.Http.BaseAddress!, answer.Location!).Fragment);
        var anew = await publisher.SettledAsync(await publisher.FollowAsync(answer));
        Assert.Contains("Nothing was imported yet", anew.One("#list #read-anew").TextContent, StringComparison.Ordinal);
        Assert.Equal(["ann@unseen.example", "Ann", "Unseen House", "bobby@gmail.com", "", ""], anew.Texts("#first td"));
        Assert.Equal("Cards at our stand", anew.One("#ObtainedFrom").TextContent.Trim());
        Assert.False(await app.QueryAsync(db => db.Subscribers.AnyAsync(row => row.Domain == "unseen.example")));

        // What is wrong with the ground is told once the list is read as chosen, and the choice stands.
        var groundless = await publisher.SubmitAsync(anew, new() { ["ObtainedFrom"] = "" }, "#list", "#confirm");
        Assert.Equal(HttpStatusCode.BadRequest, groundless.Status);
        Assert.Contains("Say where the address is from", groundless.One("#ObtainedFrom-error").TextContent, StringComparison.Ordinal);
        Assert.Null(groundless.Document.QuerySelector("#read-anew"));
        var report = await publisher.ConfirmAsync(groundless, "Cards at our stand");
        Assert.Equal("2", report.One("#added").TextContent);
        Assert.Equal(("Ann", "Unseen House"), await app.QueryAsync(db => db.Subscribers.Where(row => row.NormalizedEmail == "ann@unseen.example")
            .Select(row => new ValueTuple<string?, string?>(row.Name, row.Organisation)).SingleAsync()));
        Assert.Equal(0, await app.QueryAsync(db => db.ListImports.CountAsync(row => row.Draft != null && row.State == ListImportState.Done)));
    }

    [Fact]
    public async Task Who_wants_which_sectors_is_seen_where_a_column_says_so()
    {
        using var publisher = await app.SignInAsync(Roles.Publisher);
        var sectors = await app.QueryAsync(db => db.Sectors.OrderBy(sector => sector.Position).ThenBy(sector => sector.Id).Select(sector => new { sector.Name, sector.Slug }).Take(2).ToListAsync());

        var preview = await publisher.UploadAsync(app, Utf8($"email,sectors\none@wish.example,{sectors[1].Slug};{sectors[0].Slug}\nall@wish.example,\n"));

        Assert.Equal("Sectors", preview.Texts("#first thead th").Last());
        Assert.Equal([$"{sectors[0].Name}; {sectors[1].Name}", "All"], preview.Texts("#first td[data-label=Sectors]").Select(InOrder));
        var without = await publisher.ReadAsync(preview, new() { ["Columns[1]"] = nameof(ColumnUse.LeftOut) });
        Assert.DoesNotContain("Sectors", without.Texts("#first thead th"));

        string InOrder(string names) => string.Join("; ", names.Split("; ").OrderBy(name => sectors.FindIndex(sector => sector.Name == name)));
    }

    [Fact]
    public async Task What_a_rejected_line_says_is_shown_for_a_day_and_then_gone()
    {
        using var publisher = await app.SignInAsync(Roles.Publisher);
        (string Line, string Says)[] lines =
        [
            ("ann@@mend.example,Ann,secret", "ann@@mend.example | Ann"), ("=1+1,Bob,", "=1+1 | Bob"), ("a\0b\u200B@mend.example,,", "a[U+0000]b[U+200B]@mend.example"),
            ("\"a\r\nBcc: b@mend.example\",,", "a[U+000D][U+000A]Bcc: b@mend.example"), ("<b>bold</b>,,", "<b>bold</b>"), (",,\"only, here\"", "only, here"),
            ($"{new string('l', 500)}@mend.example,Long,", new string('l', 79) + "… | Long"),
        ];

        var preview = await publisher.UploadAsync(app, Utf8("email,name,x\ngood@mend.example,Good,\n" + string.Join('\n', lines.Select(line => line.Line))), "mend.csv");

        Assert.Equal(lines.Select(line => line.Says), preview.Texts("#rejected-lines td.written"));
        Assert.Equal(lines.Select(line => line.Says), preview.Texts("#first .written"));
        var report = await publisher.ConfirmAsync(preview);
        Assert.Equal(lines.Select(line => line.Says).Prepend(""), report.Texts("#lines td.written"));
        Assert.Contains("is kept for whoever mends them until", report.One("#kept").TextContent, StringComparison.Ordinal);
        var csv = await publisher.Http.GetStringAsync($"{report.Path}/lines.csv");
        Assert.Contains("ann@@mend.example | Ann", csv, StringComparison.Ordinal);
        Assert.Contains("'=1+1 | Bob", csv, StringComparison.Ordinal);
        Assert.False(await app.QueryAsync(db => db.ListImports.AnyAsync(row => row.FileName == "mend.csv" && (row.Preview != null || !row.KeepsWritten))));

        await app.QueryAsync(db => db.ListImports.Where(row => row.FileName == "mend.csv").ExecuteUpdateAsync(row => row.SetProperty(import => import.EndedUtc, DateTime.UtcNow.AddHours(-25))));
        await app.InScopeAsync(async services =>
        {
            await services.GetRequiredService<ListImports>().SweepAsync();
            return 0;
        });

        var later = await publisher.GetAsync(report.Path);
        Assert.Empty(later.Document.QuerySelectorAll("#lines .written"));
        Assert.Contains("is not kept any more", later.One("#kept").TextContent, StringComparison.Ordinal);
        Assert.DoesNotContain("mend.example", later.Html + await publisher.Http.GetStringAsync($"{report.Path}/lines.csv"), StringComparison.Ordinal);
        Assert.False(await app.QueryAsync(db => db.ListImportLines.AnyAsync(line => line.Written!.Contains("mend.example"))));
    }

    [Fact]
    public async Task Another_window_that_has_read_the_list_otherwise_decides_nothing_for_this_one()
    {
        using var publisher = await app.SignInAsync(Roles.Publisher);
        var mine = await publisher.UploadAsync(app, Utf8("email,x\nann@windows.example,Ann\n"));
        await publisher.ReadAsync(mine, new() { ["Columns[1]"] = nameof(ColumnUse.Organisation) });

        var answer = await publisher.ConfirmAsync(mine);

        Assert.NotNull(answer.Document.QuerySelector("#read-anew"));
        Assert.Equal(["ann@windows.example", "", ""], answer.Texts("#first td"));
        Assert.False(await app.QueryAsync(db => db.Subscribers.AnyAsync(row => row.Domain == "windows.example")));
    }

    [Fact]
    public async Task Enter_in_a_field_presses_the_button_that_imports_nothing_and_a_day_that_is_none_is_kept()
    {
        using var publisher = await app.SignInAsync(Roles.Publisher);
        var preview = await publisher.UploadAsync(app, Utf8("email\nann@enter.example\n"));

        var first = preview.Document.QuerySelectorAll("#list button")[0];
        Assert.Equal("read", first.Id);
        Assert.True(first.HasAttribute("formnovalidate"));
        foreach (var button in (string[])["#read", "#confirm"])
        {
            var answer = await publisher.SubmitAsync(preview, new() { ["Ground"] = nameof(ConsentGround.Consent), ["ObtainedOn"] = "last spring", ["Told"] = "All of it" }, "#list", button);
            Assert.Equal(HttpStatusCode.BadRequest, answer.Status);
            Assert.Single(answer.Document.QuerySelectorAll(".error-summary a"));
            Assert.Equal("last spring", answer.One("#ObtainedOn[aria-invalid]").GetAttribute("value"));
            Assert.Equal("All of it", answer.One("#Told").TextContent.Trim());
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Whoever_left_bounced_complained_or_was_erased_is_revived_by_no_list(bool isWorkbook)
    {
        using var publisher = await app.SignInAsync(Roles.Publisher);
        var domain = isWorkbook ? "gone-xlsx.example" : "gone-csv.example";
        string[] people = [$"left@{domain}", $"bounced@{domain}", $"complained@{domain}", $"erased@{domain}", $"moved@{domain}", $"new@{domain}"];
        var first = await publisher.ConfirmAsync(await publisher.UploadAsync(app, Utf8($"email\n{people[0]}\n")));
        Assert.Equal("1", first.One("#added").TextContent);
        var token = await app.QueryAsync(db => db.Subscribers.Where(row => row.NormalizedEmail == people[0]).Select(row => row.UnsubscribeToken).SingleAsync());
        await publisher.SubmitAsync(await publisher.GetAsync($"/unsubscribe/{token}"));
        await app.InScopeAsync(async services =>
        {
            var (db, hash) = (services.GetRequiredService<PulseDbContext>(), services.GetRequiredService<AddressHash>());
            db.Add(new Suppression { NormalizedEmail = people[1], Reason = SuppressionReason.Bounced });
            db.Add(new Suppression { NormalizedEmail = people[2], Reason = SuppressionReason.Complained });
            db.Add(new Suppression { EmailHash = hash.Of(people[3]), Reason = SuppressionReason.Erased });
            db.Add(new Suppression { EmailHash = hash.Of(people[4]), Reason = SuppressionReason.Moved });
            return await db.SaveChangesAsync();
        });

        var list = people.Select(email => email.ToUpperInvariant()).ToList();
        var file = isWorkbook
            ? new MadeWorkbook { Rows = string.Concat(list.Select((email, i) => $"""<row r="{i + 1}">{MadeWorkbook.Text($"A{i + 1}", email)}</row>""")) }.ToBytes()
            : Utf8(string.Join('\n', list));
        var preview = await publisher.UploadAsync(app, file);
        Assert.Equal(("1", "0", "5", "0"), preview.Counts());
        string[] why =
        [
            "This person left, and stays off the list.", "Mail to this address came back. It stays off the list.", "This person reported a mail as unwanted, and stays off the list.",
            "This person was erased, and stays off the list.", "This is an address that somebody had before. It stays off the list.",
        ];
        Assert.Equal(why, preview.Texts("#suppressed-lines td[data-label=Why]"));
        Assert.Equal(list[..5], preview.Texts("#suppressed-lines td[data-label=Address]"), StringComparer.OrdinalIgnoreCase);
        Assert.Equal(["1", "2", "3", "4", "5"], preview.Texts("#suppressed-lines tbody th"));
        var report = await publisher.ConfirmAsync(preview);

        Assert.Equal(("1", "0", "5", "0"), report.Counts());
        Assert.Equal([.. why, ""], report.Texts("#lines td[data-label=Why]"));
        Assert.Equal([$"new@{domain}"], await app.QueryAsync(db => db.Subscribers
            .Where(row => row.Domain == domain && row.Status == SubscriberStatus.Active).Select(row => row.NormalizedEmail!).ToListAsync()));
    }

    [Fact]
    public async Task Whoever_left_stays_away_with_whatever_sign_for_an_apostrophe_a_list_writes_their_address()
    {
        using var publisher = await app.SignInAsync(Roles.Publisher);
        using var reader = app.Visit();
        await reader.SubmitAsync(await reader.GetAsync("/subscribe"), new() { ["Email"] = "O\u2019Reader@sign.example" });
        await app.SettledAsync();
        Assert.Equal("O'Reader@sign.example", await app.QueryAsync(db => db.Subscribers.Where(row => row.NormalizedEmail == "o'reader@sign.example").Select(row => row.Email).SingleAsync()));
        await app.InScopeAsync(async services =>
        {
            var (db, hash) = (services.GetRequiredService<PulseDbContext>(), services.GetRequiredService<AddressHash>());
            db.Add(new Suppression { NormalizedEmail = "o'left@sign.example", Reason = SuppressionReason.Unsubscribed });
            db.Add(new Suppression { EmailHash = hash.Of("o'gone@sign.example"), Reason = SuppressionReason.Erased });
            // From before the signs were made one.
            db.Add(new Suppression { EmailHash = hash.Of("o\u2019once@sign.example"), Reason = SuppressionReason.Erased });
            db.Add(new Suppression { EmailHash = hash.Of("o\u2019new@sign.example"), Reason = SuppressionReason.Moved });
            return await db.SaveChangesAsync();
        });
        string[] signs = ["'", "\u2018", "\u2019", "\u02BC", "\u00B4", "\uFF07"];
        var list = string.Concat(signs.Select(sign => $"o{sign}left@sign.example\nO{sign}Gone@sign.example\nO'Once <o{sign}once@sign.example>\no{sign}new@sign.example\n"));

        var preview = await publisher.UploadAsync(app, Utf8($"email\n{list}"));

        Assert.Equal(("1", "5", "18", "0"), preview.Counts());
        var report = await publisher.ConfirmAsync(preview);
        Assert.Equal(("1", "5", "18", "0"), report.Counts());
        Assert.Equal(["o'new@sign.example", "o'reader@sign.example"], await app.QueryAsync(db => db.Subscribers.Where(row => row.Domain == "sign.example").Select(row => row.NormalizedEmail!).Order().ToListAsync()));
    }

    [Fact]
    public async Task An_address_kept_with_another_sign_for_its_apostrophe_is_found_again()
    {
        using var publisher = await app.SignInAsync(Roles.Publisher);
        await publisher.ConfirmAsync(await publisher.UploadAsync(app, Utf8("email\no'old@spelled.example\no'both@spelled.example\nother@spelled.example\n")));
        await app.QueryAsync(db => db.Subscribers.Where(row => row.NormalizedEmail == "o'old@spelled.example")
            .ExecuteUpdateAsync(set => set.SetProperty(row => row.Email, "O\u2019Old@spelled.example").SetProperty(row => row.NormalizedEmail, "o\u2019old@spelled.example")));
        await app.QueryAsync(db => db.Subscribers.Where(row => row.NormalizedEmail == "other@spelled.example")
            .ExecuteUpdateAsync(set => set.SetProperty(row => row.NormalizedEmail, "o\u2019both@spelled.example")));
        await app.InScopeAsync(async services =>
        {
            var db = services.GetRequiredService<PulseDbContext>();
            db.Add(new Suppression { NormalizedEmail = "o\u2019left@spelled.example", Reason = SuppressionReason.Unsubscribed });
            await db.SaveChangesAsync();
            await FormerSpellings.MendAsync(db, CancellationToken.None);
            await SubscriberSearch.FillAsync(db, CancellationToken.None);
            return 0;
        });

        var preview = await publisher.UploadAsync(app, Utf8("email\no\u2019old@spelled.example\no'both@spelled.example\no\u2019left@spelled.example\n"));

        Assert.Equal(("0", "2", "1", "0"), preview.Counts());
        Assert.Equal("O'Old@spelled.example", await app.QueryAsync(db => db.Subscribers.Where(row => row.NormalizedEmail == "o'old@spelled.example").Select(row => row.Email).SingleAsync()));
    }

    [Fact]
    public async Task An_import_is_taken_back_but_for_those_who_have_acted_since()
    {
        using var publisher = await app.SignInAsync(Roles.Publisher);
        using var reader = app.Visit();
        await reader.SubmitAsync(await reader.GetAsync("/subscribe"), new() { ["Email"] = "asked@undo.example" });
        await app.SettledAsync();
        var report = await publisher.ConfirmAsync(await publisher.UploadAsync(app, Utf8("email\nstays@undo.example\nasked@undo.example\nmailed@undo.example\ngone1@undo.example\ngone2@undo.example\n")));
        Assert.Equal("5", report.One("#added").TextContent);
        var token = await app.QueryAsync(db => db.Subscribers.Where(row => row.NormalizedEmail == "stays@undo.example").Select(row => row.UnsubscribeToken).SingleAsync());
        await publisher.SubmitAsync(await publisher.GetAsync($"/unsubscribe/{token}"));
        await MailAsync("mailed@undo.example");

        var before = await publisher.GetAsync(report.Path);
        Assert.Contains("4 people of the 5", before.One("#concerned").TextContent, StringComparison.Ordinal);
        var undone = await publisher.SettledAsync(await publisher.FollowAsync(await publisher.SubmitAsync(before, form: "#undo")));

        Assert.Equal(("4", "1"), (undone.One("#taken-back").TextContent, undone.One("#stayed").TextContent));
        Assert.Contains("publisher-", undone.One("#basis").TextContent, StringComparison.Ordinal);
        var left = await app.QueryAsync(db => db.Subscribers.Where(row => row.Domain == "undo.example").ToDictionaryAsync(row => row.NormalizedEmail!, row => row.Status));
        Assert.Equal(
            new Dictionary<string, SubscriberStatus>
            {
                ["stays@undo.example"] = SubscriberStatus.Unsubscribed,
                ["asked@undo.example"] = SubscriberStatus.Pending,
                ["mailed@undo.example"] = SubscriberStatus.Pending,
            },
            left);
        Assert.True(await app.QueryAsync(db => db.ConsentRecords.AnyAsync(row => row.Subscriber!.NormalizedEmail == "mailed@undo.example" && row.Event == ConsentEvent.ImportUndone)));
        Assert.Null(undone.Document.QuerySelector("#undo"));

        // The right list may add them again; whoever left stays away.
        var again = await publisher.ConfirmAsync(await publisher.UploadAsync(app, Utf8("email\nstays@undo.example\nmailed@undo.example\ngone1@undo.example\n")));
        Assert.Equal(("2", "0", "1", "0"), again.Counts());
    }

    [Fact]
    public async Task An_import_that_is_cut_off_goes_on_where_it_was_on_one_node_at_a_time()
    {
        using var publisher = await app.SignInAsync(Roles.Publisher);
        const int People = 1200;
        var preview = await publisher.UploadAsync(app, Utf8("email,name\n" + string.Concat(Enumerable.Range(1, People).Select(i => $"p{i}@cut.example,Person {i}\n"))));
        var id = int.Parse(preview.Path[(preview.Path.LastIndexOf('/') + 1)..], System.Globalization.CultureInfo.InvariantCulture);
        var runner = await app.InScopeAsync(services => Task.FromResult(services.GetRequiredService<ListImportRunner>()));

        // This node takes the lease before the worker of the app can, and dies in the midst.
        var looked = await runner.ClaimAsync(id, CancellationToken.None);
        Assert.NotNull(looked);
        await app.InScopeAsync(async services =>
        {
            await services.GetRequiredService<ListImports>().ConfirmAsync(new ConfirmList { ImportId = id, Basis = new StatedBasis { Ground = ConsentGround.Consent, ObtainedFrom = "A list" } });
            return 0;
        });
        using var dying = new CancellationTokenSource();
        var (lease, atMost) = (await runner.ClaimAsync(id, CancellationToken.None), 0);
        if (lease is not null)
        {
            Assert.Null(await runner.ClaimAsync(id, CancellationToken.None));
            await runner.RunAsync(lease, (done, _) => { atMost = done; dying.Cancel(); }, dying.Token);
            Assert.InRange(atMost, 1, People - 1);
        }

        var report = await publisher.SettledAsync(await publisher.GetAsync(preview.Path));

        Assert.Equal(("1,200", "0", "0", "0"), report.Counts());
        var (people, records, lines) = await app.QueryAsync(async db => (
            await db.Subscribers.CountAsync(row => row.Domain == "cut.example"),
            await db.ConsentRecords.CountAsync(row => row.Subscriber!.Domain == "cut.example"),
            await db.ListImportLines.CountAsync(line => line.ImportId == id && line.Outcome == ListLineOutcome.Added)));
        Assert.Equal((People, People, People), (people, records, lines));
        // Whoever has lost the lease writes nothing any more.
        if (lease is not null)
            await runner.RunAsync(lease, (_, _) => Assert.Fail("A lease that was lost still works."), CancellationToken.None);
    }

    [Fact]
    public async Task A_list_that_nobody_imports_is_gone_when_it_is_removed_or_a_day_old()
    {
        using var publisher = await app.SignInAsync(Roles.Publisher);
        var removed = await publisher.UploadAsync(app, Utf8("email\na@kept.example\n"));
        var old = await publisher.UploadAsync(app, Utf8("email\nb@kept.example\n"));
        Assert.Contains("Nobody was added", (await publisher.FollowAsync(await publisher.SubmitAsync(removed, form: "#discard"))).One("[role=status]").TextContent, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, (await publisher.GetAsync(removed.Path)).Status);

        await app.QueryAsync(db => db.ListImports.Where(row => old.Path.EndsWith("/" + row.Id)).ExecuteUpdateAsync(row => row.SetProperty(import => import.UploadedUtc, DateTime.UtcNow.AddHours(-25))));
        await app.InScopeAsync(async services =>
        {
            await services.GetRequiredService<ListImports>().SweepAsync();
            return 0;
        });

        Assert.Equal(HttpStatusCode.NotFound, (await publisher.GetAsync(old.Path)).Status);
        var late = await publisher.SubmitAsync(old, new() { ["Ground"] = nameof(ConsentGround.Consent), ["ObtainedFrom"] = "x" }, "#list", "#confirm");
        Assert.Equal(HttpStatusCode.BadRequest, late.Status);
        Assert.Contains("or it was a day old", late.One(".error-summary").TextContent, StringComparison.Ordinal);
        Assert.Equal(0, await app.QueryAsync(db => db.ListImportParts.CountAsync(part => !db.ListImports.Any(row => row.Id == part.ImportId))));
        Assert.False(await app.QueryAsync(db => db.Subscribers.AnyAsync(row => row.Domain == "kept.example")));
    }

    [Fact]
    public async Task Confirming_or_undoing_twice_is_refused_in_words()
    {
        using var publisher = await app.SignInAsync(Roles.Publisher);
        var preview = await publisher.UploadAsync(app, Utf8("email\na@twice.example\n"));
        var report = await publisher.ConfirmAsync(preview);

        var again = await publisher.ConfirmAsync(preview);
        Assert.Equal(HttpStatusCode.BadRequest, again.Status);
        Assert.Contains("not waiting any more", again.One(".error-summary").TextContent, StringComparison.Ordinal);
        await publisher.SubmitAsync(report, form: "#undo");
        var undo = await publisher.SubmitAsync(report, form: "#undo");
        Assert.Equal(HttpStatusCode.BadRequest, undo.Status);
        Assert.Contains("nothing to take back", undo.One(".error-summary").TextContent, StringComparison.Ordinal);
    }

    /// <summary>A mail to this person that is in the queue.</summary>
    private Task<int> MailAsync(string email) => app.QueryAsync(async db =>
    {
        var subscriber = await db.Subscribers.SingleAsync(row => row.NormalizedEmail == email);
        db.Add(new CordisPulse.Core.Mail.QueuedMail { Kind = CordisPulse.Core.Mail.QueuedMailKind.UnsubscribeLink, Subscriber = subscriber, QueuedUtc = DateTime.UtcNow, SentUtc = DateTime.UtcNow });
        return await db.SaveChangesAsync();
    });

    private static byte[] Utf8(string text) => Encoding.UTF8.GetBytes(text);
}
