using System.Globalization;
using CordisPulse.Core.Editions;
using CordisPulse.Core.Editions.Review;
using CordisPulse.Core.Feeds;
using CordisPulse.Core.Intake;
using CordisPulse.Core.Mail.Returns;
using CordisPulse.Core.Mailings;
using CordisPulse.Core.Audit;
using CordisPulse.Core.Subscriptions;
using CordisPulse.Core.Subscriptions.Lists;
using CordisPulse.Tests;
using CordisPulse.Tests.Commands;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;

namespace CordisPulse.BrowserTests;

/// <summary>What holds for every page of the desk.</summary>
public sealed class DeskPageTests(DeskPageTests.Desk desk) : IClassFixture<DeskPageTests.Desk>, IDisposable
{
    private const string NotAllowed = "/editor/not-allowed";

    public void Dispose() => desk.Chromium.AssertNoPageErrors();

    /// <summary>A desk in the middle of its work: a draft with errors and a text set aside, people on the list, an edition sent.</summary>
    public sealed class Desk : IAsyncLifetime
    {
        private static readonly string Draft = $"""
            # CordisPulse: March 2030

            Welcome to this month's digest, with a [link](#) that leads nowhere yet.

            ## Cordis Bright News

            ### Our conference

            Come to it. The deadline is 3 January 2024.

            ## Criminal Justice

            ### Reports

            #### [National Crime Agency. A report with an address of its own](https://example.org/{new string('a', 120)})

            The report counts examples and says what they cost.

            ##### What it leaves open

            What they bring.

            #### Howard League. Another report with a title that goes on for rather longer than a card on the board is wide

            It says more in [this](#).
            """;

        private static readonly string[] OfAnEdition = ["", "/texts", "/copy?from=2024-01", "/history", "/checks", "/preview?show=web", "/preview?show=email", "/preview?show=email&as=outlook-windows&dark=true", "/preview?show=text", "/preview?show=print", "/preview/web-frame", "/preview/comments", "/preview/links", "/published", "/publish", "/mailing"];

        public Chromium Chromium { get; } = new();

        public IReadOnlyList<string> Pages { get; private set; } = [];

        /// <summary>The draft, for somebody without an account.</summary>
        public string PrivatePage { get; private set; } = "";

        public async Task InitializeAsync()
        {
            await Chromium.InitializeAsync();
            var folder = Chromium.App.Directory;
            await File.WriteAllTextAsync(Path.Combine(folder, "list.csv"), "email,name,organisation\nann@example.org,Ann,Example Council\nbob@example.org,Bob,\n");
            await File.WriteAllTextAsync(Path.Combine(folder, "draft.md"), Draft);
            await RunAsync("subscriber", "import", Path.Combine(folder, "list.csv"), "--consent", "Asked at the spring conference");
            await RunAsync("edition", "import", Path.Combine(folder, "draft.md"));
            await RunAsync("mailing", "send", "2023-12", "--wait");
            await MailAsync(folder);
            await FillIntakeAsync();
            PrivatePage = await ReviewAsync();
            Pages = await ListAsync();
        }

        public Task DisposeAsync() => Chromium.DisposeAsync();

        /// <summary>A mailing in each of its states: over, late, waiting behind its colleagues, stopped with a message in doubt, scheduled.</summary>
        private async Task MailAsync(string folder)
        {
            await File.WriteAllTextAsync(Path.Combine(folder, "late.csv"), "email\ncarl@example.org\n");
            await RunAsync("subscriber", "import", Path.Combine(folder, "late.csv"), "--consent", "Asked at the spring conference");
            await RunAsync("mailing", "late", "2023-12", "carl@example.org");
            await RunAsync("mailing", "send", "2023-11", "--colleagues-first");
            await RunAsync("mailing", "send", "2024-01", "--wait");
            await Chromium.App.QueryAsync(async db =>
            {
                var stopped = await db.Mailings.Include(mailing => mailing.Edition).SingleAsync(mailing => mailing.Edition!.Month == new EditionMonth(2024, 1));
                (stopped.State, stopped.EndedUtc, stopped.Notice) = (MailingState.Paused, null, "The mail server refused what the mail holds, for each of the first 10 readers. It said: 554 no");
                var delivery = await db.Deliveries.SingleAsync(delivery => delivery.MailingId == stopped.Id && delivery.Address == "ann@example.org");
                (delivery.State, delivery.SettledUtc, delivery.Answer) = (DeliveryState.Uncertain, null, "The connection was lost before the answer.");
                return await db.SaveChangesAsync();
            });
            await Chromium.App.QueryAsync(db =>
            {
                var person = db.Subscribers.Min(subscriber => subscriber.Id);
                var now = DateTime.UtcNow;
                ReturnReport Report(ReturnKind kind, int? about) => new() { Kind = kind, SubscriberId = about, ReceivedUtc = now, TakenUtc = now, Source = Guid.NewGuid().ToString(), Content = "" };
                var (bounce, unclear, asking) = (Report(ReturnKind.Bounce, person), Report(ReturnKind.Bounce, null), Report(ReturnKind.AsksToLeave, null));
                (bounce.Verdict, bounce.Status, bounce.Text) = (BounceVerdict.Hard, "5.1.1", "550 5.1.1 <a•••@example.org>: Recipient address rejected: User unknown in local recipient table");
                db.AddRange(bounce, unclear, asking, Report(ReturnKind.NotUnderstood, null));
                db.Add(new PersonReply { Report = asking, AsksToLeave = true, From = "ann@example.org", Subject = "Please take me off your list", ReceivedUtc = now });
                return db.SaveChangesAsync();
            });
            await File.WriteAllTextAsync(Path.Combine(folder, "clean.md"), "# April 2030\n\n## Criminal Justice\n\n### Reports\n\n#### Ofsted. [A title](https://example.org/a)\n\nA summary.\n");
            await RunAsync("edition", "import", Path.Combine(folder, "clean.md"));
            await RunAsync("mailing", "schedule", "2030-04", "--at", DateTime.UtcNow.AddDays(100).ToString("yyyy-MM-dd 09:00", CultureInfo.InvariantCulture));
        }

        private static readonly string[] OfAPerson = ["edit", "suppress", "merge", "erase", "privacy/1"];

        private async Task<List<string>> ListAsync()
        {
            var month = new EditionMonth(2030, 3);
            var item = await Chromium.App.QueryAsync(db => db.EditionItems.Where(i => i.Edition!.Month == month).MinAsync(i => i.Id));
            var news = await Chromium.App.QueryAsync(db => db.NewsItems.Where(n => n.Edition!.Month == month).MinAsync(n => n.Id));
            var save = await Chromium.App.QueryAsync(db => db.Revisions.Where(r => r.Text == RevisedText.Item && r.TextId == item).MinAsync(r => r.Id));
            var waiting = await Chromium.App.QueryAsync(db => db.IntakeEntries.MinAsync(entry => entry.ItemId));
            var watched = await Chromium.App.QueryAsync(db => db.SourceFeeds.MinAsync(feed => feed.SourceId));
            var subscriber = await Chromium.App.QueryAsync(db => db.Subscribers.MinAsync(s => s.Id));
            var another = await Chromium.App.QueryAsync(db => db.Subscribers.Where(s => s.Email != null).MaxAsync(s => s.Id));
            var imported = await Chromium.App.QueryAsync(db => db.ListImports.MinAsync(import => import.Id));
            var waitingList = await WaitingListAsync("email;name;x\nann@example.org;Ann;1\nnobody;;\nbob@gmial.com;Bob;2\nj\u043e@example.org;Jo;3\n");
            var wideList = await WaitingListAsync($"email,{string.Join(',', Enumerable.Range(1, 99).Select(i => new string('x', i)))}\nann@example.org\n");
            var mail = Path.GetFileName(Directory.GetFiles(Chromium.App.Outbox, "*.eml").First());
            return
            [
                "/editor", "/editor/intake", "/editor/intake/add?url=https://example.org/page&title=A+page", $"/editor/intake/{waiting}", "/editor/import", "/editor/mailings", "/editor/outbox", $"/editor/outbox/{mail}", NotAllowed,
                "/editor/subscribers", "/editor/subscribers/add", "/editor/subscribers/import", $"/editor/subscribers/import/{imported}", $"/editor/subscribers/import/{waitingList}", $"/editor/subscribers/import/{wideList}", $"/editor/subscribers/{subscriber}",
                .. OfAPerson.Select(page => $"/editor/subscribers/{subscriber}/{page}"), $"/editor/subscribers/{subscriber}/merge/{another}", "/editor/subscribers/figures", "/editor/subscribers/ask-again", "/editor/data-protection", $"/editor/data-protection?Person={subscriber}&Account=0&Act={AuditedActs.ReadPerson}", "/editor/returns",
                "/editor/settings", "/editor/settings/publisher", "/editor/settings/pages/about",
                "/editor/settings/sources", $"/editor/settings/sources/{watched}", "/editor/intake?who=me&stage=Ready",
                "/editor/settings/sectors", "/editor/settings/sectors/1", "/editor/settings/sections",
                "/editor/accounts", "/editor/audit", "/editor/audit?What=sign-ins", "/editor/keys", "/editor/my-mail", "/editor/my-account",
                $"/editor/editions/2030-03/checks?focus=mend-deadline-past-news-{news}-text",
                .. OfAnEdition.Select(page => $"/editor/editions/2030-03{page}"), $"/editor/editions/2030-03/items/{item}", "/editor/editions/2030-03/items/new?sector=1&section=1",
                $"/editor/editions/2030-03/history/{save}", $"/editor/editions/2030-03/news/{news}", "/editor/editions/2030-03/news/new",
                "/editor/editions/2023-12", "/editor/editions/2023-12/mailing", "/editor/editions/2023-12/mailing?address=ann@example.org",
                "/editor/editions/2023-12/publish", "/editor/editions/2023-12/unpublish",
                "/editor/editions/2023-12/mailing/late-1", "/editor/editions/2023-12/mailing/certificate", "/editor/editions/2023-12/mailing/correction",
                "/editor/editions/2023-11/mailing", "/editor/editions/2023-11/mailing/cancel",
                "/editor/editions/2024-01/mailing", "/editor/editions/2024-01/mailing/uncertain", "/editor/editions/2030-04/mailing",
            ];
        }

        /// <summary>A list that somebody has yet to look at, with something to say of most of its lines.</summary>
        private Task<int> WaitingListAsync(string text) => Chromium.App.InScopeAsync(async services =>
        {
            using var file = new MemoryStream(System.Text.Encoding.UTF8.GetBytes(text));
            var id = await services.GetRequiredService<ListImports>().KeepAsync(new KeepList { File = file, FileName = "Delegates of the spring conference.csv" });
            var runner = services.GetRequiredService<ListImportRunner>();
            if (await runner.ClaimAsync(id, CancellationToken.None) is { } lease)
                await runner.RunAsync(lease, null, CancellationToken.None);
            return id;
        });

        /// <summary>An item that was covered before, one from a new source, and a link that could not be read.</summary>
        private Task<int> FillIntakeAsync() => Chromium.App.QueryAsync(async db =>
        {
            var known = await db.EditionItems.FirstAsync(item => item.SourceId != null);
            db.AddRange(
                Waiting(known.Title, known.Url, new() { Reading = PageReading.Read, Description = "What the page says of it." }, known.SourceId),
                Waiting("A report from somebody new", "https://example.org/new", new() { Reading = PageReading.Read, Publisher = "Somebody New" }),
                Waiting("", $"https://example.org/{new string('b', 120)}", new() { Reading = PageReading.Failed, Problem = "The site has no such page." }));
            var feed = new SourceFeed
            {
                SourceId = known.SourceId!.Value,
                Address = $"https://example.org/{new string('f', 120)}",
                AddressHash = "a",
                Title = "News of a source",
                PausedUtc = DateTime.UtcNow,
                LastReadUtc = DateTime.UtcNow,
                Problem = "It is a web page that names a feed, and no feed itself.",
                Offers = [$"https://example.org/{new string('o', 120)}"],
                Failures = 2,
            };
            db.AddRange(Suggested(feed, known.Title, known.Url!), Suggested(feed, "A report that nobody knows yet", $"https://example.org/{new string('s', 120)}"));
            var worked = await db.EditionItems.OrderByDescending(item => item.Edition!.Month).ThenBy(item => item.Id).FirstAsync(item => item.EditionId != null);
            db.AddRange(
                new ItemProgress { ItemId = worked.Id, Stage = ItemStage.Summarised, AssigneeId = null },
                new ItemNote { ItemId = worked.Id, Text = "Is the figure on page 3 the same one?", AddedUtc = DateTime.UtcNow },
                new ItemNote { ItemId = worked.Id, Text = "", AddedUtc = DateTime.UtcNow, TakenBackUtc = DateTime.UtcNow });
            return await db.SaveChangesAsync();
        });

        /// <summary>A private link; through it a comment that is answered and one that is settled, and one on an item that is gone.</summary>
        private async Task<string> ReviewAsync()
        {
            var (token, now) = (SecretToken.Create(), DateTime.UtcNow);
            await Chromium.App.QueryAsync(async db =>
            {
                var edition = await db.Editions.Include(edition => edition.Items).SingleAsync(edition => edition.Month == new EditionMonth(2030, 3));
                var link = new PreviewLink { EditionId = edition.Id, Hash = SecretToken.Hash(token), ForWhom = "Ann of the council", MadeUtc = now, EndsUtc = now.AddDays(1) };
                Comment Said(CommentedPlace place, int? id, string text) => new()
                {
                    EditionId = edition.Id,
                    Place = place,
                    PlaceId = id,
                    PlaceTitle = "An item",
                    Text = text,
                    GuestName = "Ann",
                    PreviewLink = link,
                    WrittenUtc = now,
                };
                var first = Said(CommentedPlace.Item, edition.Items[0].Id, $"Is this right? {new string('w', 200)}");
                var answer = Said(CommentedPlace.Item, edition.Items[0].Id, "It is.");
                answer.Answers = first;
                var settled = Said(CommentedPlace.Introduction, null, "Too long.");
                settled.SettledUtc = now;
                db.AddRange(first, answer, settled, Said(CommentedPlace.Item, 999_999, "Where has it gone?"), Said(CommentedPlace.Whole, null, "A good month."));
                db.Add(new Approval { EditionId = edition.Id, ApprovedUtc = now, Document = new EditionDocument { Month = edition.Month, Title = "", Subject = "", Preheader = "" }.ToJson(), Sha256 = "" });
                return await db.SaveChangesAsync();
            });
            return $"/preview/{token}";
        }

        private static FeedEntry Suggested(SourceFeed feed, string title, string url) => new()
        {
            Feed = feed,
            EntryHash = Guid.NewGuid().ToString("N"),
            LinkHash = Guid.NewGuid().ToString("N"),
            Title = title,
            Url = url,
            Description = "What the feed says of it.",
            PublishedUtc = DateTime.UtcNow,
            SeenUtc = DateTime.UtcNow,
        };

        private static EditionItem Waiting(string title, string? url, IntakeEntry entry, int? source = null)
        {
            entry.AddedUtc = DateTime.UtcNow;
            return new EditionItem { Title = title, Slug = Slug.From(title), Url = url, SourceId = source, Intake = entry };
        }

        private async Task RunAsync(params string[] arguments)
        {
            var result = await PulseCommand.RunAsync(Chromium.App, arguments);
            Assert.True(result.ExitCode == 0, $"{string.Join(' ', arguments)}: {result.Output}\n{result.Error}");
        }
    }

    [Fact]
    public async Task A_page_fits_every_width_and_has_nothing_that_axe_reports()
    {
        var page = await desk.Chromium.OpenAsync(bypassContentSecurity: true);
        await page.GotoAsync("/editor/sign-in");
        await page.AssertAccessibleByDayAndNightAsync();
        await desk.Chromium.SignInAsync(page);
        foreach (var path in desk.Pages)
        {
            var answer = await page.GotoAsync(path);
            Assert.True(answer!.Ok || path == NotAllowed, $"{path} answered {answer.Status}.");
            await page.AssertFitsEveryWidthAsync();
            await page.AssertAccessibleByDayAndNightAsync();
        }

        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task A_mail_of_a_correction_is_looked_at_before_it_goes()
    {
        var page = await desk.Chromium.OpenAsync(width: 360, bypassContentSecurity: true);
        await desk.Chromium.SignInAsync(page);
        await page.GotoAsync("/editor/editions/2023-12/mailing/correction");
        await page.FillAsync("[name='Form.Subject']", "Correction: a figure was wrong");
        await page.FillAsync("[name='Form.Wrong']", $"It said 12 per cent, at https://example.org/{new string('w', 120)}");
        await page.FillAsync("[name='Form.Right']", "It is **21 per cent**.");
        await page.ClickAsync("#look");

        await Assertions.Expect(page.Locator("#preview")).ToContainTextAsync("21 per cent");
        await page.AssertAccessibleByDayAndNightAsync();
        await page.AssertFitsAsync();
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task A_desk_that_holds_nothing_yet_has_nothing_that_axe_reports()
    {
        await using var app = new PulseApp();
        var page = await desk.Chromium.OpenAsync(bypassContentSecurity: true, on: app);
        await desk.Chromium.SignInAsync(page, app);
        foreach (var path in (string[])["/editor", "/editor/intake", "/editor/import", "/editor/mailings", "/editor/subscribers", "/editor/outbox", "/editor/settings/sources"])
        {
            var answer = await page.GotoAsync(path);
            Assert.True(answer!.Ok, $"{path} answered {answer.Status}.");
            await page.AssertAccessibleAsync();
        }

        await page.Context.CloseAsync();
    }

    [Theory]
    [InlineData(360, false)]
    [InlineData(1280, true)]
    public async Task A_private_draft_with_comments_is_for_everybody(int width, bool dark)
    {
        var page = await desk.Chromium.OpenAsync(width, dark, script: true, bypassContentSecurity: true);
        foreach (var path in (string[])[desk.PrivatePage, "/preview/nothing"])
        {
            await page.GotoAsync(path);
            // What is folded is looked at too.
            await page.EvaluateAsync("document.querySelectorAll('main details').forEach(details => details.open = true)");
            await page.AssertAccessibleAsync();
            await page.AssertFitsAsync();
        }

        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task A_guest_comments_on_a_phone_without_script()
    {
        var page = await desk.Chromium.OpenAsync(width: 360, script: false);
        await page.GotoAsync(desk.PrivatePage);
        var news = page.Locator("article .comments").First;
        await news.Locator("> .say > summary").ClickAsync();
        await news.Locator("> .say textarea").FillAsync("Said from a phone");
        await news.Locator("> .say form > p button").ClickAsync();
        await page.WaitForURLAsync("**#sent");
        await Assertions.Expect(page.Locator(".thread:has(#sent) .words")).ToHaveTextAsync("Said from a phone");
        await Assertions.Expect(page.Locator("#sent")).ToBeFocusedAsync();
        await Assertions.Expect(page.Locator("#sent")).ToBeInViewportAsync();
        await page.Context.CloseAsync();
    }

    [Theory]
    [InlineData(360)]
    [InlineData(768)]
    public async Task Every_link_to_another_page_of_the_desk_is_in_sight_without_scrolling_sideways(int width)
    {
        var page = await desk.Chromium.OpenAsync(width, script: false);
        await desk.Chromium.SignInAsync(page);
        await page.GotoAsync("/editor/editions/2030-03/preview?show=web");
        foreach (var link in await page.Locator("nav a, .desk-who a, .desk-who button").AllAsync())
        {
            var box = await link.BoundingBoxAsync();
            Assert.InRange(box!.X, 0, width - box.Width);
        }

        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task The_bar_of_an_administrator_is_one_row_and_the_cards_of_the_board_are_as_high_as_what_they_say()
    {
        var page = await desk.Chromium.OpenAsync();
        await desk.Chromium.SignInAsync(page);
        await page.GotoAsync("/editor/editions/2030-03");
        await Assertions.Expect(page.Locator(".desk-row")).ToContainTextAsync("Intake (3)");

        Assert.Equal(1, await page.EvaluateAsync<int>("new Set([...document.querySelectorAll('.desk-row li')].map(one => one.offsetTop)).size"));
        Assert.True(await page.EvaluateAsync<bool>("document.querySelector('.desk-who').offsetTop < document.querySelector('.desk-row li').offsetTop + 24"));
        Assert.NotEqual(0, await page.Locator(".card-foot .bad").CountAsync());
        await page.Locator("[data-card]:has(.bad) > a").First.HoverAsync();
        await Assertions.Expect(page.Locator("[data-card]:hover .acts")).ToHaveCSSAsync("opacity", "1");
        Assert.True(await page.EvaluateAsync<bool>(
            """
            (() => {
              const heights = () => [...document.querySelectorAll("[data-card] > .card-foot")].map(foot => foot.offsetHeight).join();
              const before = heights();
              document.querySelectorAll(".acts").forEach(acts => acts.remove());
              return heights() === before;
            })()
            """));
        await page.Context.CloseAsync();
    }

    [Theory]
    [InlineData(360)]
    [InlineData(768)]
    [InlineData(1280)]
    public async Task The_notice_of_a_start_shows_all_that_it_says_and_its_button(int width)
    {
        var page = await desk.Chromium.OpenAsync(width);
        await desk.Chromium.SignInAsync(page);
        await page.CheckAsync("[name='Start.Texts']");
        await page.CheckAsync("[name='Start.StandingNews']");
        await page.ClickAsync("form[action='/editor/editions'] button");
        await page.WaitForURLAsync("**/editor/editions/*");
        Assert.True(await page.Locator(".flash").EvaluateAsync<bool>("notice => notice.scrollHeight <= notice.clientHeight"));

        await page.ClickAsync("#undo button");

        await Assertions.Expect(page.Locator(".flash")).ToContainTextAsync("is taken away again");
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task No_address_breaks_within_its_words_in_the_history()
    {
        var page = await desk.Chromium.OpenAsync(width: 768);
        await desk.Chromium.SignInAsync(page);
        await page.GotoAsync("/editor/editions/2030-03/texts");
        await page.FillAsync("[name='Form.SignOffName']", "Ada Example");
        await page.ClickAsync("#texts-form .btn.main");
        await page.WaitForURLAsync("**/editor/editions/2030-03*");
        await desk.Chromium.App.QueryAsync(async db =>
        {
            var author = await db.Revisions.OrderByDescending(revision => revision.Id).Select(revision => revision.SavedById).FirstAsync();
            return await db.Users.Where(user => user.Id == author).ExecuteUpdateAsync(row => row.SetProperty(user => user.Email, "stephanie.example@services.example.org"));
        });
        await page.GotoAsync("/editor/editions/2030-03/history");

        var lines = await page.EvaluateAsync<int[]>(
            """
            [...document.querySelectorAll("td[data-label=Who]")].flatMap(cell => [...cell.childNodes])
              .filter(part => part.nodeType === Node.TEXT_NODE && /^(stephanie|services)\./.test(part.textContent.trim()))
              .map(part => { const range = document.createRange(); range.selectNodeContents(part); return range.getClientRects().length; })
            """);

        Assert.NotEmpty(lines);
        Assert.All(lines, count => Assert.Equal(1, count));
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task An_item_is_moved_and_mended_with_the_keyboard_alone()
    {
        var page = await desk.Chromium.OpenAsync();
        await desk.Chromium.SignInAsync(page);
        await page.GotoAsync("/editor/editions/2024-01");
        var cell = page.Locator("#board td:has(.card + .card)").First.Locator(".card");
        var first = cell.First;
        var (id, title) = (await first.GetAttributeAsync("id"), await first.Locator("> a").TextContentAsync());

        await page.TabToAsync($"#{id} .down");
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(cell.Nth(1)).ToHaveAttributeAsync("id", id!);

        await page.TabToAsync($"#{id} > a");
        await page.Keyboard.PressAsync("Enter");
        await page.WaitForURLAsync("**/items/*");
        await page.TabToAsync("[name='Form.Title']");
        await page.Keyboard.PressAsync("End");
        await page.Keyboard.TypeAsync(", mended");
        await page.Keyboard.PressAsync("Enter");
        await page.WaitForURLAsync("**/editor/editions/2024-01*");
        await Assertions.Expect(page.Locator($"#{id} > a")).ToHaveTextAsync($"{title}, mended");
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task Findings_are_mended_one_after_the_other_with_Enter()
    {
        var page = await desk.Chromium.OpenAsync();
        await desk.Chromium.SignInAsync(page);
        await page.GotoAsync("/editor/editions/2030-03/checks");
        var waiting = await page.Locator(".error-finding .mend").CountAsync();

        await page.TabToAsync(".error-finding .mend input:not([type=hidden])");
        for (var left = waiting - 1; left >= 0; left--)
        {
            await page.Keyboard.TypeAsync($"https://example.org/mended/{left}");
            await page.Keyboard.PressAsync("Enter");
            await Assertions.Expect(page.Locator(".error-finding .mend")).ToHaveCountAsync(left);
            await Assertions.Expect(page.Locator(".mend :focus")).ToHaveCountAsync(1);
        }

        await page.Context.CloseAsync();
    }
}
