#define _GNU_SOURCE
#include "CEditLine.h"

#include <errno.h>
#include <stdlib.h>

int ced_width(wchar_t c) {
    return wcwidth(c);
}

// A handler must not run code that may allocate or take a lock, which Swift
// does not promise for any function: hence C.
static volatile sig_atomic_t signal_fd = -1;

static void forward(int number) {
    int saved = errno;
    unsigned char byte = (unsigned char)number;
    ssize_t ignored = write(signal_fd, &byte, 1);
    (void)ignored;
    errno = saved;
}

int ced_forward_signal(int number, int fd) {
    struct sigaction action;
    // nohup and background jobs of a shell without job control start us with signals ignored: leave them so.
    if (sigaction(number, NULL, &action) == 0 && action.sa_handler == SIG_IGN) {
        return 0;
    }
    memset(&action, 0, sizeof(action));
    sigemptyset(&action.sa_mask);
    action.sa_flags = SA_RESTART;
    if (fd < 0) {
        action.sa_handler = SIG_DFL;
    } else {
        signal_fd = fd;
        action.sa_handler = forward;
    }
    return sigaction(number, &action, NULL);
}

static struct termios saved_modes;
static volatile sig_atomic_t saved_fd = -1;

int ced_save_terminal(int fd) {
    static int registered = 0;
    struct termios modes;
    if (tcgetattr(fd, &modes) == -1) {
        return -1;
    }
    // A child that crashed in raw mode must not become the state to go back to.
    if (saved_fd != fd || (modes.c_lflag & ICANON) != 0) {
        saved_modes = modes;
        saved_fd = fd;
    }
    if (!registered) {
        registered = 1;
        atexit(ced_restore_terminal);
    }
    return 0;
}

void ced_restore_terminal(void) {
    if (saved_fd >= 0) {
        tcsetattr(saved_fd, TCSADRAIN, &saved_modes);
    }
}
