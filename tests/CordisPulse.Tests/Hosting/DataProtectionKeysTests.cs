using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace CordisPulse.Tests.Hosting;

/// <summary>What cookies and forms are sealed with is kept over restarts and shared by all nodes.</summary>
public sealed class DataProtectionKeysTests
{
    [Fact]
    public async Task Whoever_signs_in_at_one_node_is_signed_in_at_another_that_shares_only_the_database()
    {
        await using var one = new PulseApp();
        using var staff = await one.SignInAsync();
        await using var other = new PulseApp();
        foreach (var key in one.Settings.Keys.Where(key => key.StartsWith("Database:", StringComparison.Ordinal) || key == "ConnectionStrings:CordisPulse"))
            other.With(key, one.Settings[key]);
        using var moved = new HttpClient(new HttpClientHandler { UseCookies = false, AllowAutoRedirect = false }) { BaseAddress = other.Address };
        moved.DefaultRequestHeaders.Add("Cookie", string.Join("; ", staff.Cookies.Select(cookie => $"{cookie.Name}={cookie.Value}")));

        using var answer = await moved.GetAsync("/editor");

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.False(Directory.Exists(Path.Combine(one.Directory, "keys")));
    }

    [Fact]
    public async Task Keys_of_the_folder_that_they_lay_in_before_are_taken_over_and_a_damaged_one_stops_nothing()
    {
        await using var app = new PulseApp();
        var folder = Directory.CreateDirectory(Path.Combine(app.Directory, "keys"));
        var sealedBefore = Provider(folder).CreateProtector("test").Protect("as before");
        await File.WriteAllTextAsync(Path.Combine(folder.FullName, "key-damaged.xml"), "<key id=");
        _ = app.Address;

        Assert.Equal("as before", app.Services.GetRequiredService<IDataProtectionProvider>().CreateProtector("test").Unprotect(sealedBefore));
        Assert.Equal(1, await app.QueryAsync(db => db.DataProtectionKeys.CountAsync()));
        Assert.Equal(2, folder.GetFiles().Length);

        static IDataProtectionProvider Provider(DirectoryInfo folder)
            => new ServiceCollection().AddDataProtection().SetApplicationName("CordisPulse").PersistKeysToFileSystem(folder).Services.BuildServiceProvider().GetRequiredService<IDataProtectionProvider>();
    }

    [Fact]
    public async Task With_a_certificate_the_database_alone_opens_nothing()
    {
        await using var app = new PulseApp();
        var file = Path.Combine(app.Directory, "keys.pfx");
        using (var key = RSA.Create(2048))
        using (var certificate = new CertificateRequest("CN=keys", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1).CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddYears(1)))
            await File.WriteAllBytesAsync(file, certificate.Export(X509ContentType.Pfx, "a password"));
        await File.WriteAllTextAsync(file + ".password", "a password\n");
        app.With("Secrets:CertificateFile", file).With("Secrets:CertificatePasswordFile", file + ".password");
        using var staff = await app.SignInAsync();

        var kept = Assert.Single(await app.QueryAsync(db => db.DataProtectionKeys.Select(row => row.Xml).ToListAsync()));
        Assert.Contains("EncryptedXml", kept, StringComparison.Ordinal);
        Assert.DoesNotContain("<masterKey", kept, StringComparison.Ordinal);

        // As after a restart.
        await using var again = new PulseApp();
        foreach (var (key, value) in app.Settings)
            if (key != "Data:Directory")
                again.With(key, value);
        using var moved = new HttpClient(new HttpClientHandler { UseCookies = false, AllowAutoRedirect = false }) { BaseAddress = again.Address };
        moved.DefaultRequestHeaders.Add("Cookie", string.Join("; ", staff.Cookies.Select(cookie => $"{cookie.Name}={cookie.Value}")));
        using var answer = await moved.GetAsync("/editor");
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }
}
