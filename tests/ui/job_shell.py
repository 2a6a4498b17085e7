"""A job-control shell of one job that never touches the terminal's settings, so that what a test
sees there is the job's own doing.  Usage: job_shell.py REPORT_FD ORDER_FD COMMAND...

Reports "started PID", "stopped", "exited STATUS" (negative: the signal), a line each; obeys "f" (fg).
"""

import fcntl
import os
import signal
import sys
import termios

report, orders = int(sys.argv[1]), int(sys.argv[2])
command = sys.argv[3:]

fcntl.ioctl(2, termios.TIOCSCTTY, 0)
signal.signal(signal.SIGTTOU, signal.SIG_IGN)
signal.signal(signal.SIGHUP, signal.SIG_IGN)
job = os.fork()
if job == 0:
    os.setpgid(0, 0)
    os.tcsetpgrp(2, os.getpgrp())
    signal.signal(signal.SIGTTOU, signal.SIG_DFL)
    signal.signal(signal.SIGHUP, signal.SIG_DFL)
    os.execvp(command[0], command)
os.write(report, f"started {job}\n".encode())
while True:
    _, status = os.waitpid(job, os.WUNTRACED)
    if not os.WIFSTOPPED(status):
        os.write(report, f"exited {os.waitstatus_to_exitcode(status)}\n".encode())
        break
    os.tcsetpgrp(2, os.getpgrp())
    os.write(report, b"stopped\n")
    if not os.read(orders, 1):
        break
    os.tcsetpgrp(2, job)
    os.killpg(job, signal.SIGCONT)
