"""A wrong set-up is told, not suffered: one line that says what and what to do, and a status."""

import os
import pathlib
import shutil
import socket
import subprocess
import tempfile
import unittest

import support

SECRETS = {
    "SECRET_KEY": "s" * 32, "ENCRYPTION_KEY": "e" * 32,
    "KLINKE_ADMIN_PASSWORD": "Ein-langes-Passwort-9",
}


class ServerSetupTest(unittest.TestCase):
    def setUp(self) -> None:
        temporary = tempfile.TemporaryDirectory(prefix="klinke-", ignore_cleanup_errors=True)
        self.addCleanup(temporary.cleanup)
        self.folder = pathlib.Path(temporary.name)

    def run_server(self, *arguments: str, **settings: str) -> subprocess.CompletedProcess:
        given = {
            "KLINKE_DATA": str(self.folder / "data"), "KLINKE_LISTEN": "127.0.0.1:0", **settings}
        return subprocess.run(
            [str(support.KLINKED), *arguments], env=support.environment(**given), cwd=self.folder,
            stdin=subprocess.DEVNULL, capture_output=True, text=True,
            timeout=support.START_SECONDS, check=False)

    def assert_told(
        self, done: subprocess.CompletedProcess, *words: str, status: int = 1
    ) -> None:
        lines = done.stderr.splitlines()
        self.assertEqual(done.returncode, status, done.stderr)
        self.assertEqual(len(lines), 1, done.stderr)
        self.assertTrue(lines[0].startswith("klinked: "), lines[0])
        for word in words:
            self.assertIn(word, lines[0])
        self.assertNotIn("is ready", done.stdout)
        self.assertEqual(self.left_behind(), [], "a process is left behind")

    def left_behind(self) -> list[str]:
        return support.Server(data=self.folder / "data").processes()

    def test_a_port_that_is_taken(self) -> None:
        with socket.socket() as taken:
            taken.bind(("127.0.0.1", 0))
            taken.listen()
            port = taken.getsockname()[1]
            self.assert_told(
                self.run_server(KLINKE_LISTEN=f"127.0.0.1:{port}"), str(port), "KLINKE_LISTEN")

    def test_an_address_that_is_none(self) -> None:
        for listen in ("nowhere", "127.0.0.1:70000", "127.0.0.1:http"):
            with self.subTest(listen):
                self.assert_told(self.run_server(KLINKE_LISTEN=listen), "KLINKE_LISTEN")

    def test_a_data_folder_that_cannot_be_made(self) -> None:
        (self.folder / "file").write_text("")
        data = self.folder / "file" / "data"
        self.assert_told(self.run_server(KLINKE_DATA=str(data)), str(self.folder / "file"))

    def test_a_data_folder_that_cannot_be_written(self) -> None:
        if os.geteuid() == 0:
            # root writes everywhere but into the kernel's own folders.
            data = pathlib.Path("/proc/sys")
        else:
            data = self.folder / "data"
            data.mkdir(mode=0o500)
        self.assert_told(self.run_server(KLINKE_DATA=str(data)), str(data))

    def test_a_data_folder_of_another_version(self) -> None:
        postgres = self.folder / "data" / "postgres"
        postgres.mkdir(parents=True)
        (postgres / "PG_VERSION").write_text("17\n")
        self.assert_told(self.run_server(), "17", "18", str(postgres))

    def test_a_data_folder_in_use(self) -> None:
        server = support.shared()
        done = self.run_server(KLINKE_DATA=str(server.data))
        self.assert_told(done, str(server.data))
        self.assertEqual(server.rest("", "GET", "/api/health").status, 200)

    def test_programs_that_are_missing(self) -> None:
        self.assert_told(
            self.run_server(KLINKE_POSTGRES_BIN=str(self.folder / "none")), "PostgreSQL", "setup")
        self.assert_told(
            self.run_server(KLINKE_REDIS_SERVER=str(self.folder / "none")), "redis")

    def test_migrations_that_are_missing(self) -> None:
        self.assert_told(
            self.run_server(KLINKE_MIGRATIONS=str(self.folder / "none")),
            str(self.folder / "none"))

    def test_a_migration_that_was_edited_after_it_ran(self) -> None:
        migrations = self.folder / "migrations"
        shutil.copytree(support.ROOT / "migrations", migrations)
        with support.Server(self.folder / "data", KLINKE_MIGRATIONS=str(migrations)):
            pass
        edited = sorted(migrations.glob("*.sql"))[1]
        edited.write_text(edited.read_text() + "-- a change\n")
        self.assert_told(self.run_server(KLINKE_MIGRATIONS=str(migrations)), edited.stem[5:])

    def test_a_publishable_stripe_key(self) -> None:
        done = self.run_server(STRIPE_API_KEY="pk_test_51Habcdefgh")
        self.assert_told(done, "STRIPE_API_KEY", "pk_", "sk_")
        self.assertNotIn("51Habcdefgh", done.stderr)

    def test_a_secret_file_that_cannot_be_read(self) -> None:
        self.assert_told(
            self.run_server(TWILIO_AUTH_TOKEN_FILE=str(self.folder / "none")),
            "TWILIO_AUTH_TOKEN_FILE", str(self.folder / "none"))

    def test_tls_files_that_cannot_be_used(self) -> None:
        certificate, key, other = (self.folder / name for name in ("cert.pem", "key.pem", "o.pem"))
        for target in (key, other):
            subprocess.run(
                ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256",
                 "-nodes", "-subj", "/CN=localhost", "-keyout", target, "-out", certificate],
                check=True, capture_output=True)
        # The certificate is now the one of the second key.
        garbage = self.folder / "garbage.pem"
        garbage.write_text("not a key\n")
        for what, path in (("missing", self.folder / "none"), ("garbage", garbage), ("other", key)):
            with self.subTest(what):
                self.assert_told(self.run_server(
                    KLINKE_TLS_CERT=str(certificate), KLINKE_TLS_KEY=str(path)),
                    "KLINKE_TLS_KEY", str(path))
        self.assert_told(self.run_server(KLINKE_TLS_CERT=str(certificate)), "KLINKE_TLS_KEY")
        self.assert_told(
            self.run_server(
                KLINKE_TLS_CERT=str(self.folder / "none"), KLINKE_TLS_KEY=str(other)),
            str(self.folder / "none"))

    def test_database_urls_that_are_none(self) -> None:
        for url in ("mysql://a@b/c", "localhost", "postgresql://[::1"):
            with self.subTest(url):
                self.assert_told(
                    self.run_server(
                        DATABASE_URL=url, KLINKE_APP_DATABASE_URL="postgresql:///app", **SECRETS),
                    "DATABASE_URL")
        self.assert_told(
            self.run_server(DATABASE_URL="postgresql://o@127.0.0.1/k", **SECRETS),
            "KLINKE_APP_DATABASE_URL")

    def test_a_database_that_is_not_there(self) -> None:
        url = f"postgresql://owner:geheim@127.0.0.1:{unused_port()}/klinke"
        done = self.run_server(DATABASE_URL=url, KLINKE_APP_DATABASE_URL=url, **SECRETS)
        self.assert_told(done, "DATABASE_URL")
        self.assertNotIn("geheim", done.stderr)

    def test_a_database_with_another_password(self) -> None:
        server = support.shared()
        server.sql(
            "DO $$ BEGIN IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'locked') THEN"
            " CREATE ROLE locked LOGIN PASSWORD 'richtig'; END IF; END $$;")
        rules = server.data / "postgres" / "pg_hba.conf"
        # For this one role only; all others go on as before.
        rules.write_text("local all locked scram-sha-256\n" + rules.read_text())
        server.sql("SELECT pg_reload_conf();")
        # The reload is told by a signal: ask until a wrong password is refused.
        psql = [str(support.POSTGRES / "psql"), "-XAtq", "-h", str(server.sockets), "-U", "locked",
                "-w", "-d", "klinke", "-c", "SELECT 1"]
        for _ in range(500):
            if subprocess.run(psql, env={"PATH": os.environ["PATH"], "PGPASSWORD": "falsch"},
                              capture_output=True, check=False).returncode != 0:
                break
        else:
            self.fail("PostgreSQL does not ask for the password")
        url = f"postgresql://locked:falsch@/klinke?host={server.sockets}"
        done = self.run_server(DATABASE_URL=url, KLINKE_APP_DATABASE_URL=url, **SECRETS)
        self.assert_told(done, "DATABASE_URL", "password")
        self.assertNotIn("falsch", done.stderr)

    def test_a_server_role_that_is_too_mighty(self) -> None:
        server = support.shared()
        url = f"postgresql://klinke_owner@/klinke?host={server.sockets}"
        mighty = f"postgresql://postgres@/klinke?host={server.sockets}"
        for role in (url, mighty):
            with self.subTest(role):
                self.assert_told(
                    self.run_server(DATABASE_URL=url, KLINKE_APP_DATABASE_URL=role, **SECRETS),
                    "KLINKE_APP_DATABASE_URL")

    def test_all_problems_of_a_configuration_are_told_together(self) -> None:
        done = self.run_server(
            "check-config", LOG_LEVEL="loud", KLINKE_LOOPS="many", STRIPE_API_KEY="pk_1")
        self.assertEqual(done.returncode, 1)
        for name in ("LOG_LEVEL", "KLINKE_LOOPS", "STRIPE_API_KEY"):
            self.assertIn(name, done.stderr)

    def test_a_good_configuration(self) -> None:
        done = self.run_server("check-config")
        self.assertEqual((done.returncode, done.stderr), (0, ""))
        self.assertFalse((self.folder / "data").exists(), "checking makes nothing")

    def test_development_switches_in_production(self) -> None:
        self.assert_told(
            self.run_server(APP_ENV="production", SKIP_TWILIO_SIGNATURE_VALIDATION="true"),
            "SKIP_TWILIO_SIGNATURE_VALIDATION")

    def test_a_command_that_is_none(self) -> None:
        for arguments in (("srve",), ("--port", "80"), ("serve", "now")):
            with self.subTest(arguments):
                self.assert_told(self.run_server(*arguments), "klinked help", status=2)

    def test_the_client_tells_too(self) -> None:
        def run(*arguments: str) -> subprocess.CompletedProcess:
            return subprocess.run(
                [str(support.KLINKE), *arguments], stdin=subprocess.DEVNULL, capture_output=True,
                env={"HOME": str(self.folder), "PATH": os.environ["PATH"],
                     "KLINKE_SERVER": f"http://127.0.0.1:{unused_port()}"},
                text=True, timeout=support.CALL_SECONDS, check=False)

        self.assertEqual(run("tenant", "lst").returncode, 2)
        self.assertEqual(run("tenant", "list", "--colour", "red").returncode, 2)
        refused = run("tenant", "list")
        self.assertEqual(refused.returncode, 1)
        self.assertIn("UNAVAILABLE", refused.stderr)
        self.assertEqual(refused.stdout, "")


def unused_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


if __name__ == "__main__":
    unittest.main()
