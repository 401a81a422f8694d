using System.Net;
using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Handoff.Api.Feeds.Adt;

namespace Handoff.Api.Feeds.Mllp;

/// <summary>Configuration section <c>Adt:Mllp:Tls</c>.</summary>
public sealed record MllpTls
{
    /// <summary>The server's certificate with its chain: a PEM file, or a PKCS#12 file that holds the key as well.</summary>
    public string? Certificate { get; init; }

    /// <summary>The PEM file of the certificate's key, where it is not in the certificate's own file.</summary>
    public string? Key { get; init; }

    /// <summary>The password of a PKCS#12 file.</summary>
    public string? Password { get; init; }

    public ClientCertificates Clients { get; init; }

    /// <summary>A PEM file with the authorities that sign clients' certificates; the machine's own if there is none.</summary>
    public string? Authorities { get; init; }

    /// <summary>Reads the files.</summary>
    /// <exception cref="InvalidOperationException">A file is not there or holds no certificate; the message names it.</exception>
    internal SslServerAuthenticationOptions Options()
    {
        var trusted = Authorities is null ? null : Read(nameof(Authorities), Authorities, () => Pem(Authorities));
        return new()
        {
            ServerCertificate = Read(nameof(Certificate), Certificate ?? "nothing", Own),
            ClientCertificateRequired = Clients != ClientCertificates.None,
            RemoteCertificateValidationCallback = (_, shown, _, errors) => IsTaken(shown, errors, trusted),
        };
    }

    private X509Certificate2 Own()
    {
        if (Path.GetExtension(Certificate)?.ToUpperInvariant() is ".PFX" or ".P12")
        {
            return X509CertificateLoader.LoadPkcs12FromFile(Certificate!, Password);
        }

        // A key that was read from PEM is not one that every platform's TLS can use.
        using var pem = X509Certificate2.CreateFromPemFile(Certificate!, Key);
        return X509CertificateLoader.LoadPkcs12(pem.Export(X509ContentType.Pkcs12), null);
    }

    private static X509Certificate2Collection Pem(string file)
    {
        var read = new X509Certificate2Collection();
        read.ImportFromPemFile(file);
        return read.Count > 0 ? read : throw new CryptographicException("There is no certificate in it.");
    }

    private bool IsTaken(X509Certificate? shown, SslPolicyErrors errors, X509Certificate2Collection? trusted)
    {
        if (shown is null)
        {
            return Clients != ClientCertificates.Required;
        }

        if (trusted is null)
        {
            return errors == SslPolicyErrors.None;
        }

        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.CustomTrustStore.AddRange(trusted);
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        return chain.Build((X509Certificate2)shown);
    }

    private static T Read<T>(string setting, string file, Func<T> read)
    {
        try
        {
            return read();
        }
        catch (Exception unusable)
            when (unusable is IOException or CryptographicException or ArgumentException or UnauthorizedAccessException)
        {
            throw new InvalidOperationException($"Adt:Mllp:Tls:{setting} is {file}, which can't be used: {unusable.Message}", unusable);
        }
    }
}
