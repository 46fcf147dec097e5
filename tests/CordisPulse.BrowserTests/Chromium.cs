using System.Collections.Concurrent;
using CordisPulse.Core.Accounts;
using CordisPulse.Tests;
using Microsoft.Playwright;

namespace CordisPulse.BrowserTests;

/// <summary>The program with its sample editions, and the system's Chromium to open it with.</summary>
public sealed class Chromium : IAsyncLifetime
{
    private const string Executable = "/usr/bin/chromium";

    private static readonly string[] Switches =
    [
        "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
        "--disable-component-update", "--disable-sync",
        // Each window comes with pages for its address bar and a process for the next page: more than half of all the work, of no use here.
        "--disable-features=SpareRendererForSitePerProcess,WebUIOmniboxPopup,WebUIOmniboxAimPopup,WebUIOmniboxFullPopup",
    ];

    // What is expected is awaited no longer than it takes, and on a machine with much to do it takes longer than the five seconds of the default.
    static Chromium() => Assertions.SetDefaultExpectTimeout(20_000);

    private readonly ConcurrentQueue<string> _pageErrors = new();
    private IPlaywright? _playwright;
    private IBrowser? _browser;

    public PulseApp App { get; } = new PulseApp().With("Sample:Load", "true");

    public async Task InitializeAsync()
    {
        _ = App.Address;
        _playwright = await Playwright.CreateAsync();
        _browser = await _playwright.Chromium.LaunchAsync(new() { ExecutablePath = Executable, Headless = true, Args = Switches });
    }

    public async Task DisposeAsync()
    {
        if (_browser is not null)
            await _browser.DisposeAsync();
        _playwright?.Dispose();
        await App.DisposeAsync();
    }

    /// <summary>A fresh profile, as a reader comes to the site.</summary>
    /// <param name="on">The program to look at, in place of <see cref="App"/>.</param>
    public async Task<IPage> OpenAsync(int width = 1280, bool dark = false, bool script = true, bool bypassContentSecurity = false, bool touch = false, PulseApp? on = null)
    {
        var context = await _browser!.NewContextAsync(new()
        {
            BaseURL = (on ?? App).Address.AbsoluteUri,
            ViewportSize = new() { Width = width, Height = 900 },
            ColorScheme = dark ? ColorScheme.Dark : ColorScheme.Light,
            JavaScriptEnabled = script,
            BypassCSP = bypassContentSecurity,
            HasTouch = touch,
        });
        context.WebError += (_, error) => _pageErrors.Enqueue($"{error.Page?.Url}: {error.Error}");
        context.Console += (_, message) =>
        {
            // What the page's policy has kept a script from doing; that what others wrote has styles and scripts of its own is expected, and that it is refused.
            if (message.Type == "error" && message.Text.Contains("Trusted", StringComparison.Ordinal))
                _pageErrors.Enqueue($"{message.Page?.Url}: {message.Text}");
        };
        return await context.NewPageAsync();
    }

    /// <summary>No script has left an error uncaught, or tried what its page's policy forbids, on any page since this was last asked.</summary>
    public void AssertNoPageErrors()
    {
        var errors = TakePageErrors();
        Assert.True(errors.Count == 0, string.Join('\n', errors));
    }

    /// <summary>What <see cref="AssertNoPageErrors"/> would find, for a test that means it.</summary>
    public IReadOnlyList<string> TakePageErrors()
    {
        var errors = _pageErrors.ToArray();
        _pageErrors.Clear();
        return errors;
    }

    /// <summary>Signs an administrator in through the page.</summary>
    public async Task SignInAsync(IPage page, PulseApp? on = null)
    {
        var email = $"staff-{Guid.NewGuid():N}@example.org";
        await (on ?? App).AddAccountAsync(email, Roles.Administrator);
        await page.GotoAsync("/editor/sign-in");
        await page.FillAsync("[name=Email]", email);
        await page.FillAsync("[name=Password]", PulseApp.Password);
        await page.Keyboard.PressAsync("Enter");
        await page.WaitForURLAsync("**/editor");
    }
}
