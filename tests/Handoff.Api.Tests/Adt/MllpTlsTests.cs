using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Handoff.Api.Feeds.Mllp;
using Microsoft.Extensions.Logging.Abstractions;

namespace Handoff.Api.Tests.Adt;

/// <summary>MLLP over TLS, with certificates that the test makes for itself.</summary>
public sealed class MllpTlsTests : IAsyncDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("mllp-tls").FullName;
    private readonly X509Certificate2 authority = Authority("CN=Hospital");
    private readonly List<MllpListener> listeners = [];
    private readonly CancellationTokenSource deadline = new(TimeSpan.FromSeconds(60));

    [Fact]
    public async Task A_message_passes_over_TLS_and_in_the_clear_nothing_does()
    {
        var listener = await Listening(new() { Certificate = Pem("server"), Key = Path.Combine(folder, "server.key") });
        (await Say(listener, null)).ShouldBe("<MSH|1>");
        using var clear = await MllpClient.Connect(listener.Endpoint!, deadline.Token);
        await clear.Send(MllpFraming.Frame("MSH|1"u8));
        (await clear.IsClosed()).ShouldBeTrue();
    }

    [Fact]
    public async Task Where_clients_show_a_certificate_only_a_good_one_is_taken()
    {
        var listener = await Listening(
            new()
            {
                Certificate = Pem("server"),
                Key = Path.Combine(folder, "server.key"),
                Clients = ClientCertificates.Required,
                Authorities = Roots(),
            }
        );
        using var good = Signed("CN=feed", authority);
        using var strangers = Authority("CN=Somebody");
        using var bad = Signed("CN=feed", strangers);
        (await Say(listener, good)).ShouldBe("<MSH|1>");
        (await Say(listener, bad)).ShouldBeNull();
        (await Say(listener, null)).ShouldBeNull();
    }

    [Fact]
    public async Task Where_a_certificate_is_optional_none_is_taken_and_a_bad_one_is_not()
    {
        var listener = await Listening(
            new()
            {
                Certificate = Pem("server"),
                Key = Path.Combine(folder, "server.key"),
                Clients = ClientCertificates.Optional,
                Authorities = Roots(),
            }
        );
        using var strangers = Authority("CN=Somebody");
        using var bad = Signed("CN=feed", strangers);
        (await Say(listener, null)).ShouldBe("<MSH|1>");
        (await Say(listener, bad)).ShouldBeNull();
    }

    [Fact]
    public async Task A_certificate_that_is_not_there_keeps_the_service_from_starting() =>
        (
            await Should.ThrowAsync<InvalidOperationException>(() => Listening(new() { Certificate = Path.Combine(folder, "nowhere.pem") }))
        ).Message.ShouldContain("Adt:Mllp:Tls:Certificate");

    private async Task<MllpListener> Listening(MllpTls tls)
    {
        var listener = new MllpListener(
            new() { Port = 0, Tls = tls },
            (message, _) => Task.FromResult<byte[]>([(byte)'<', .. message.Span, (byte)'>']),
            TimeProvider.System,
            NullLogger<MllpListener>.Instance
        );
        listeners.Add(listener);
        await listener.StartAsync(deadline.Token);
        return listener;
    }

    // Null where the connection was refused, in the handshake or after it.
    private async Task<string?> Say(MllpListener listener, X509Certificate2? shown)
    {
        using var tcp = new TcpClient();
        await tcp.ConnectAsync(listener.Endpoint!, deadline.Token);
        try
        {
            await using var stream = new SslStream(tcp.GetStream());
            await stream.AuthenticateAsClientAsync(
                new SslClientAuthenticationOptions
                {
                    TargetHost = "localhost",
                    ClientCertificates = shown is null ? null : [shown],
                    RemoteCertificateValidationCallback = (_, certificate, _, _) => certificate is not null,
                },
                deadline.Token
            );
            await stream.WriteAsync(MllpFraming.Frame("MSH|1"u8), deadline.Token);
            var answer = new byte[100];
            var read = 0;
            while (read < 2 || answer[read - 1] != (byte)'\r')
            {
                var some = await stream.ReadAsync(answer.AsMemory(read), deadline.Token);
                if (some == 0)
                {
                    return null;
                }

                read += some;
            }

            return Encoding.UTF8.GetString(answer, 1, read - 3);
        }
        catch (Exception refused) when (refused is IOException or AuthenticationException)
        {
            return null;
        }
    }

    private string Pem(string name)
    {
        using var certificate = Signed("CN=localhost", authority);
        File.WriteAllText(Path.Combine(folder, name + ".pem"), certificate.ExportCertificatePem());
        File.WriteAllText(Path.Combine(folder, name + ".key"), certificate.GetECDsaPrivateKey()!.ExportPkcs8PrivateKeyPem());
        return Path.Combine(folder, name + ".pem");
    }

    private string Roots()
    {
        File.WriteAllText(Path.Combine(folder, "roots.pem"), authority.ExportCertificatePem());
        return Path.Combine(folder, "roots.pem");
    }

    private static X509Certificate2 Authority(string name)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest(name, key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        return request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(2));
    }

    private static X509Certificate2 Signed(string name, X509Certificate2 by)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest(name, key, HashAlgorithmName.SHA256);
        using var signed = request.Create(
            by,
            DateTimeOffset.UtcNow.AddHours(-1),
            DateTimeOffset.UtcNow.AddDays(1),
            Guid.NewGuid().ToByteArray()
        );
        using var whole = signed.CopyWithPrivateKey(key);
        return X509CertificateLoader.LoadPkcs12(whole.Export(X509ContentType.Pkcs12), null, X509KeyStorageFlags.Exportable);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var listener in listeners)
        {
            await listener.StopAsync(CancellationToken.None);
            listener.Dispose();
        }

        authority.Dispose();
        deadline.Dispose();
        Directory.Delete(folder, recursive: true);
    }
}
