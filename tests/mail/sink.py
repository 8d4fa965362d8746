# A mail server for tests/mail/mail.bats: takes every message on a port of its own, writes envelope and content to the
# folder named, and its port to the file `port` there once it listens.
import pathlib
import sys
import time

from aiosmtpd.controller import Controller

folder = pathlib.Path(sys.argv[1])


class Sink:
    count = 0

    async def handle_DATA(self, server, session, envelope):
        Sink.count += 1
        (folder / f"{Sink.count}.to").write_text("\n".join(sorted(envelope.rcpt_tos)) + "\n")
        (folder / f"{Sink.count}.from").write_text(envelope.mail_from + "\n")
        (folder / f"{Sink.count}.eml").write_bytes(envelope.content)
        return "250 taken"


controller = Controller(Sink(), hostname="127.0.0.1", port=int(sys.argv[2]))
controller.start()
(folder / "port.new").write_text(str(controller.port))
(folder / "port.new").rename(folder / "port")
time.sleep(60)
